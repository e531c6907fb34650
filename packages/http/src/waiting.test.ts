import { createLogger } from '@guichet/telemetry/logger';
import { expect, test, vi } from 'vitest';
import { CannotStart, createWaiting } from './waiting.ts';

function waiting() {
  const logger = createLogger({ service: 'test', level: 'silent' });
  const warn = vi.spyOn(logger, 'warn');
  const said = () => warn.mock.calls.map(([line]) => String(line));
  return { ...createWaiting({ logger, everyMs: 1 }), said };
}

test('what it waits for has a reason from the first moment, and none when it is there', async () => {
  const { until, reasons } = waiting();
  const there = Promise.withResolvers<string>();

  const result = until('thing', () => there.promise);
  expect(reasons()).toEqual({ thing: 'no answer yet' });

  there.resolve('it');
  expect(await result).toBe('it');
  expect(reasons()).toEqual({});
});

test('a reason is said once, however often it is met, and another one at once', async () => {
  const { until, said } = waiting();
  const met = ['down', 'down', 'down', 'starting', 'starting'];

  await until('thing', async () => {
    const reason = met.shift();
    if (reason) throw new Error(reason);
  });

  expect(said()).toEqual(['waiting for thing: down', 'waiting for thing: starting']);
});

test('it is said again after half a minute', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  const { until, said } = waiting();
  let attempts = 0;

  await until('thing', async () => {
    attempts += 1;
    vi.advanceTimersByTime(10_000);
    if (attempts <= 7) throw new Error('down');
  });
  vi.useRealTimers();

  // At 10, 40 and 70 seconds.
  expect(said()).toHaveLength(3);
});

test('what no waiting helps is not tried again', async () => {
  const { until, said } = waiting();
  const attempt = vi.fn().mockRejectedValue(new CannotStart('never'));

  await expect(until('thing', attempt)).rejects.toThrow(CannotStart);
  expect(attempt).toHaveBeenCalledTimes(1);
  expect(said()).toEqual([]);
});
