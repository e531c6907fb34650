import { newId } from '@guichet/contracts/ids';
import { createMessage } from '@guichet/messaging/message';
import { expect } from 'vitest';
import { test } from '../reservation-test.ts';
import { nameOrganiser } from './name-organiser.ts';
import { organiserMessages } from './organiser-messages.ts';
import { organiserStore } from './organiser-store.ts';

const id = newId();
const changed = (version: number) =>
  createMessage({
    source: 'catalog',
    type: 'organiser.changed',
    subject: id,
    sequence: version,
    data: {
      organiser: {
        id,
        name: `Name ${version}`,
        contactEmail: 'a@example.org',
        currency: 'EUR',
        timeZone: 'Europe/Paris',
        language: 'fr',
        accent: null,
        company: null,
        version,
      },
      createdBy: newId(),
    },
  });

test('an organiser is called what it was last called, in whatever order the facts come', async ({
  pool,
}) => {
  const organisers = organiserStore(pool);
  const name = () => organisers.findName(id);
  const { handle } = organiserMessages({ pool });
  await organisers.keep({ id, name: 'Of an offering', version: 0 });
  await organisers.keep({ id, name: 'Of a later one', version: 0 });
  expect(await name()).toBe('Of a later one');

  await handle(changed(3));
  await handle(changed(2));
  await organisers.keep({ id, name: 'Of an offering', version: 0 });
  expect(await name()).toBe('Name 3');
});

test('one that has told nothing is asked for once; where nobody answers, nothing is kept', async ({
  pool,
}) => {
  let asked = 0;
  const answers: (() => { id: string; name: string; version: number } | undefined)[] = [
    () => {
      throw new Error('catalog is away');
    },
    () => undefined,
    () => ({ id, name: 'La Lanterne', version: 4 }),
  ];
  const name = nameOrganiser({ pool, askOrganiser: async () => answers[asked++]?.() });

  await expect(name(id)).rejects.toThrow('catalog is away');
  await expect(name(id)).rejects.toThrow('unknown');
  expect([await name(id), await name(id), asked]).toEqual(['La Lanterne', 'La Lanterne', 3]);
});
