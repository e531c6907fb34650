import { expect, test, vi } from 'vitest';
import { createEndpoint } from './endpoint.ts';

const failuresToOpen = 2;
const endpoint = () =>
  createEndpoint(new URL('http://127.0.0.1:1'), {
    connections: 1,
    connectTimeoutMs: 100,
    idleMs: 100,
    failuresToOpen,
    openMs: 100,
  });
type Endpoint = ReturnType<typeof endpoint>;

const fail = ({ exchange }: Endpoint) =>
  exchange(() => Promise.reject(new Error('dead'))).catch(() => {});
const failUntilOpen = async (failing: Endpoint) => {
  for (let failures = 0; failures < failuresToOpen; failures += 1) {
    expect(failing.open).toBe(false);
    await fail(failing);
  }
  expect(failing.open).toBe(true);
};
const untilAsked = (resting: Endpoint) =>
  vi.waitFor(() => expect(resting.open).toBe(false), { timeout: 20_000 });

test('is asked again after its rest, and for good when it answers', async () => {
  const recovering = endpoint();
  await failUntilOpen(recovering);

  await untilAsked(recovering);

  expect(await recovering.exchange(async () => 'alive')).toBe('alive');
  await failUntilOpen(recovering);
});

test('rests again when it fails after its rest', async () => {
  const dying = endpoint();
  await failUntilOpen(dying);
  await untilAsked(dying);

  await fail(dying);

  expect(dying.open).toBe(true);
  await untilAsked(dying);
});
