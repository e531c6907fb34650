import { CannotProvide } from '@guichet/local-stack/providers/provider';
import { CannotBuild } from './cannot-build.ts';

/** Runs a program of `make`: what stands in its way is told in a sentence, anything else with its stack. */
export async function saying(program: (say: (line: string) => void) => Promise<void>) {
  // What is staged must be readable by a user who is not its owner, whatever this shell's mask is.
  process.umask(0o022);
  try {
    await program((line) => process.stdout.write(`${line}\n`));
  } catch (error) {
    const expected = error instanceof CannotBuild || error instanceof CannotProvide;
    process.stderr.write(`${expected ? error.message : ((error as Error).stack ?? error)}\n`);
    process.exitCode = 1;
  }
}
