import { subscribe } from 'node:diagnostics_channel';

/**
 * Loaded by `node --import`, so that a test can end or stall a process at a step that product code
 * names (`step('payment.intent_created')`). No image contains this package.
 *
 * - `GUICHET_FAILPOINT=payment.intent_created` ends the process with SIGKILL at that step: nothing
 *   after it runs, no handler, no flush. `payment.intent_created:3` does so the third time.
 * - `GUICHET_PAUSE=payment.intent_created:2000` stalls the *whole process* there for 2 s, each
 *   time. A step cannot wait asynchronously (its caller goes on), so this is a stop of everything,
 *   as a long garbage collection or SIGSTOP is: timers, sockets and heartbeats stand still too.
 *
 * Both take several, separated by commas.
 */
type Step = { name: string };

const named = (setting: string | undefined): Map<string, number> =>
  new Map(
    (setting ?? '')
      .split(',')
      .filter(Boolean)
      .map((entry) => {
        const [name = '', number = '1'] = entry.split(':');
        return [name, Number(number)];
      }),
  );

const timesLeft = named(process.env.GUICHET_FAILPOINT);
const pausesMs = named(process.env.GUICHET_PAUSE);

subscribe('guichet:steps', (message) => {
  const { name } = message as Step;

  const pauseMs = pausesMs.get(name);
  if (pauseMs !== undefined) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pauseMs);

  const left = timesLeft.get(name);
  if (left === undefined) return;
  timesLeft.set(name, left - 1);
  if (left === 1) process.kill(process.pid, 'SIGKILL');
});
