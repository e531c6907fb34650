import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createEndpoint } from './endpoint.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const failuresToOpen = 2;
const openMs = 100;
const endpoint = () =>
  createEndpoint(new URL('http://127.0.0.1:1'), {
    connections: 1,
    connectTimeoutMs: 100,
    idleMs: 100,
    failuresToOpen,
    openMs,
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
const rest = (resting: Endpoint) => {
  vi.setSystemTime(Date.now() + openMs - 1);
  expect(resting.open).toBe(true);
  vi.setSystemTime(Date.now() + 1);
  expect(resting.open).toBe(false);
};

test('is asked again after its rest, and for good when it answers', async () => {
  const recovering = endpoint();
  await failUntilOpen(recovering);

  rest(recovering);

  expect(await recovering.exchange(async () => 'alive')).toBe('alive');
  await failUntilOpen(recovering);
});

test('rests again when it fails after its rest', async () => {
  const dying = endpoint();
  await failUntilOpen(dying);
  rest(dying);

  await fail(dying);

  rest(dying);
});
