import { CannotRun } from '@guichet/cluster/cannot-run';
import { CannotUseStack } from '@guichet/local-stack/stack/stack-file';
import { reachWatchers } from '../watchers/reach.ts';
import { readWatchedStack } from '../watchers/read-stack.ts';
import { type Choices, readChoices, refuseElsewhere } from './choices.ts';
import { findGround } from './find-ground.ts';
import { play } from './play.ts';
import { createTranscript, writePage } from './transcript.ts';

const say = (line: string) => void process.stdout.write(`${line}\n`);

/** Ctrl-C ends the waiting; what was done is taken back first, however often it is typed. */
function untilAsked(): AbortSignal {
  const asked = new AbortController();
  const reason = new Error('it was cut short');
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => asked.abort(reason));
  }
  return asked.signal;
}

async function gameDay({ fault, transcript: file }: Choices): Promise<boolean> {
  const stack = await readWatchedStack();
  const ground = await findGround(stack);
  refuseElsewhere(fault, ground.kind);
  const watchers = await reachWatchers(stack);
  const transcript = createTranscript(say);
  try {
    await play({ fault, stack, ground, watchers, transcript, say, asked: untilAsked() });
    transcript.note(`PASSED  ${fault.name}: its alert came, led to its runbook, and went.`);
    return true;
  } catch (error) {
    if (error instanceof CannotRun) throw error;
    transcript.note(`FAILED  ${fault.name} because ${(error as Error).message}.`);
    return false;
  } finally {
    watchers.leave();
    ground.leave();
    if (file) writePage(file, transcript.page(fault, ground.kind));
  }
}

/** `make gameday FAULT=…`: something goes wrong, and whoever is called is led to what to do. */
try {
  if (!(await gameDay(readChoices(process.env)))) process.exitCode = 1;
} catch (error) {
  if (!(error instanceof CannotUseStack || error instanceof CannotRun)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
