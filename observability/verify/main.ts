import { CannotRun } from '@guichet/cluster/cannot-run';
import { CannotUseStack } from '@guichet/local-stack/stack/stack-file';
import { reachWatchers } from '../watchers/reach.ts';
import { readWatchedStack } from '../watchers/read-stack.ts';
import { verify } from './verify.ts';

const say = (line: string) => void process.stdout.write(`${line}\n`);

/** `make verify`: a purchase, and whether everything that watches has seen it. */
try {
  const stack = await readWatchedStack();
  const watchers = await reachWatchers(stack);
  try {
    const { passed, failed } = await verify(stack, watchers, say);
    say(`\n${passed} passed, ${failed} failed`);
    if (failed > 0) process.exitCode = 1;
  } finally {
    watchers.leave();
  }
} catch (error) {
  if (!(error instanceof CannotUseStack || error instanceof CannotRun)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
