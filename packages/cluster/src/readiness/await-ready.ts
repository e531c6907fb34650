import { setTimeout as sleep } from 'node:timers/promises';
import { CannotRun } from '../cannot-run.ts';
import type { Tools } from '../tools.ts';
import { lastWords } from './last-words.ts';
import { createPatience } from './patience.ts';
import { unfinished } from './rolled-out.ts';
import { takeSnapshot } from './snapshot.ts';
import { type Trouble, troublesOf } from './troubles.ts';

const pauseMs = 1_000;

/** What the one that is in trouble said last. */
async function wordsOf(tools: Tools, namespace: string, { log }: Trouble) {
  if (!log) return undefined;
  const { pod, container, previous } = log;
  return tools
    .kubectl(
      ...['logs', '-n', namespace, pod, '-c', container, '--tail=30'],
      ...(previous ? ['--previous'] : []),
    )
    .then(lastWords, () => undefined);
}

const sentence = ({ object, says }: Trouble, words: string | undefined) =>
  `${object} ${says}${words ? ` Its last words: ${words}` : ''}`;

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
    const tell = async (one: Trouble) => sentence(one, await wordsOf(tools, namespace, one));
    if (hopeless) throw new CannotRun(await tell(hopeless));
    for (const trouble of news) {
      const words = await wordsOf(tools, namespace, trouble);
      // That something is not ready yet is no news; why, is.
      if (trouble.log && !words) continue;
      say(`  waiting: ${sentence(trouble, words)}`);
      patience.said(trouble);
    }
    if (performance.now() > deadline) {
      const seconds = Math.round(timeoutMs / 1_000);
      const why = await Promise.all(troubles.map(tell));
      throw new CannotRun([`Not ready after ${seconds} s: ${left.join(', ')}.`, ...why].join('\n'));
    }
    await sleep(pauseMs);
  }
}
