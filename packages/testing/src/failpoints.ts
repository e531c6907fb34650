import { subscribe } from 'node:diagnostics_channel';
import { existsSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Loaded by `node --import`, so that a test can end or stall a process at a step that product code
 * names (`step('payment.intent_created')`). No image contains this package.
 *
 * - `GUICHET_FAILPOINT=payment.intent_created` ends the process with SIGKILL at that step: nothing
 *   after it runs, no handler, no flush. `payment.intent_created:3` does so the third time.
 * - `GUICHET_PAUSE=payment.intent_created:2000` stalls the *whole process* there for 2 s, each
 *   time. A step cannot wait asynchronously (its caller goes on), so this is a stop of everything,
 *   as a long garbage collection or SIGSTOP is: timers, sockets and heartbeats stand still too.
 * - `GUICHET_FAILPOINT_FOLDER=/tmp/x` ends the process at `payment.intent_created` when a file of
 *   that name is in the folder, and takes the file away: of several processes that share the folder
 *   one ends, and one that runs already is not started again to be armed.
 *
 * The first two take several, separated by commas.
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

const folder = process.env.GUICHET_FAILPOINT_FOLDER;

const end = () => process.kill(process.pid, 'SIGKILL');

/** Whether the file of a step was there, and it was this process that took it. */
function takeFile(name: string): boolean {
  const file = join(folder ?? '', name);
  if (!folder || !existsSync(file)) return false;
  try {
    unlinkSync(file);
    return true;
  } catch {
    return false;
  }
}

subscribe('guichet:steps', (message) => {
  const { name } = message as Step;
  if (takeFile(name)) end();

  const pauseMs = pausesMs.get(name);
  if (pauseMs !== undefined) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pauseMs);

  const left = timesLeft.get(name);
  if (left === undefined) return;
  timesLeft.set(name, left - 1);
  if (left === 1) end();
});
