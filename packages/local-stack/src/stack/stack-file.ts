import { readFile } from 'node:fs/promises';
import { z } from 'zod';

/** A sentence for whoever typed `make …`, rather than a stack trace. */
export class CannotUseStack extends Error {}

/** Reads what a program needs of `.guichet/stack.json`, as `make start` wrote it down. */
export const readStackFile = async <T extends z.ZodType>(
  schema: T,
  file = process.env.GUICHET_STACK ?? '.guichet/stack.json',
): Promise<z.output<T>> => {
  const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new CannotUseStack(
      cause.code === 'ENOENT'
        ? `There is no ${file}. Run \`make start\` first, in another terminal, or set GUICHET_STACK to where it is.`
        : `${file} cannot be read: ${cause.message}`,
      { cause },
    );
  });
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    const why = cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause);
    throw new CannotUseStack(`${file} is not what \`make start\` writes:\n${why}`, { cause });
  }
};
