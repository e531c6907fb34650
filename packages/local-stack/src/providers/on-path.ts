import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/** Where a program is, by the PATH; `undefined` where it is not. */
export async function onPath(program: string): Promise<string | undefined> {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(folder, program);
    const there = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (there) return path;
  }
  return undefined;
}
