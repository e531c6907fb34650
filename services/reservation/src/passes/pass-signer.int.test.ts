import { randomBytes } from 'node:crypto';
import { newId } from '@guichet/contracts/ids';
import { expect } from 'vitest';
import { test } from '../reservation-test.ts';
import { createPassSigners } from './pass-signer.ts';

test('a signer is kept for a minute, and asked for anew after it', async ({ pool }) => {
  const clock = { ms: 1_000_000 };
  const { signerOf } = createPassSigners({
    pool,
    sealingKey: randomBytes(32),
    now: () => clock.ms,
  });
  const organiserId = newId();
  const signer = await signerOf(organiserId);

  clock.ms += 59_000;
  expect(await signerOf(organiserId)).toBe(signer);
  clock.ms += 2_000;
  expect(await signerOf(organiserId)).not.toBe(signer);
});

test('no more signers are kept than may be: the first one goes', async ({ pool }) => {
  const { signerOf } = createPassSigners({ pool, sealingKey: randomBytes(32), mostKept: 2 });
  const organisers = [newId(), newId(), newId()] as const;
  const signers = [];
  for (const organiserId of organisers) signers.push(await signerOf(organiserId));

  expect(await signerOf(organisers[2])).toBe(signers[2]);
  expect(await signerOf(organisers[1])).toBe(signers[1]);
  expect(await signerOf(organisers[0])).not.toBe(signers[0]);
});
