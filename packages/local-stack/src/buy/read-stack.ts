import { readFile } from 'node:fs/promises';
import { z } from 'zod';

/** The part of `.guichet/stack.json` that buying needs. */
const stackSchema = z.object({
  gateway: z.url(),
  stripe: z.object({ api: z.url(), publishableKey: z.string() }),
  inbox: z.url(),
  certificate: z.string().optional(),
});
export type Stack = z.infer<typeof stackSchema>;

/** A sentence for whoever typed `make buy`, rather than a stack trace. */
export class CannotBuy extends Error {}

/** Reads where everything runs, as `make start` wrote it down. */
export const readStack = async (file: string): Promise<Stack> => {
  const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new CannotBuy(
      cause.code === 'ENOENT'
        ? `There is no ${file}. Run \`make start\` first, in another terminal, or set GUICHET_STACK to where it is.`
        : `${file} cannot be read: ${cause.message}`,
      { cause },
    );
  });
  try {
    return stackSchema.parse(JSON.parse(text));
  } catch (cause) {
    const why = cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause);
    throw new CannotBuy(`${file} is not what \`make start\` writes:\n${why}`, { cause });
  }
};
