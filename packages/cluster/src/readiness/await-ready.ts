import { setTimeout as sleep } from 'node:timers/promises';
import { CannotRun } from '../cannot-run.ts';
import type { Tools } from '../tools.ts';
import { lastWords } from './last-words.ts';
import { createPatience } from './patience.ts';
import { unfinished } from './rolled-out.ts';
import { takeSnapshot } from './snapshot.ts';
import { type Trouble, troublesOf } from './troubles.ts';

const pauseMs = 1_000;

/** A trouble in a sentence, with the last words of whoever is in it. */
async function tell(tools: Tools, namespace: string, trouble: Trouble): Promise<string> {
  const { object, says, log } = trouble;
  if (!log) return `${object} ${says}`;
  const { pod, container, previous } = log;
  const words = await tools
    .kubectl(
      ...['logs', '-n', namespace, pod, '-c', container, '--tail=30'],
      ...(previous ? ['--previous'] : []),
    )
    .then(lastWords, () => undefined);
  return `${object} ${says}${words ? ` Its last words: ${words}` : ''}`;
}

/**
 * Waits until everything of both charts is as it should be. What stands in the way is said once it
 * lasts; what cannot pass by itself, or lasts longer than `timeoutMs`, is thrown as a sentence.
 */
export async function awaitReady({
  tools,
  namespace,
  timeoutMs,
  say,
}: {
  tools: Tools;
  namespace: string;
  timeoutMs: number;
  say: (line: string) => void;
}): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  const patience = createPatience();
  for (;;) {
    const snapshot = await takeSnapshot(tools, namespace);
    const left = unfinished(snapshot);
    if (left.length === 0) return;

    const troubles = troublesOf(snapshot);
    const { news, hopeless } = patience.consider(troubles);
    if (hopeless) throw new CannotRun(await tell(tools, namespace, hopeless));
    for (const trouble of news) say(`  waiting: ${await tell(tools, namespace, trouble)}`);

    if (performance.now() > deadline) {
      const seconds = Math.round(timeoutMs / 1_000);
      const why = await Promise.all(troubles.map((one) => tell(tools, namespace, one)));
      throw new CannotRun([`Not ready after ${seconds} s: ${left.join(', ')}.`, ...why].join('\n'));
    }
    await sleep(pauseMs);
  }
}
