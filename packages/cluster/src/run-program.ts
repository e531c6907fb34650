import { CannotRun } from './cannot-run.ts';

/** Runs what a make target is, and says in a sentence, without a stack, what stood in its way. */
export async function runProgram(main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    const said = error instanceof CannotRun ? error.message : (error as Error).stack;
    process.stderr.write(`\n${said}\n`);
    process.exitCode = 1;
  }
}

export const say = (line: string): void => void process.stdout.write(`${line}\n`);
