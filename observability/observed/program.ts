import { eventually } from '@guichet/local-stack/e2e/eventually';
import { type Child, startChild } from '@guichet/local-stack/providers/child';
import { onPath } from '@guichet/local-stack/providers/on-path';

export type Program = { readonly url: string; stop(): Promise<void> };

/** Starts a program of the PATH and waits until it says that it is ready. */
export async function startProgram(
  name: string,
  { args, url, ready }: { args: string[]; url: string; ready: string },
): Promise<Program> {
  const command = await onPath(name);
  if (!command) throw new Error(`${name} is missing: put it on the PATH.`);
  const child: Child = startChild(command, args, {});
  let end: string | undefined;
  child.ended.then((said) => {
    end = said;
  });
  const stop = () => child.stop(10_000);
  try {
    await eventually(async () => {
      if (end) return;
      const { ok } = await fetch(new URL(ready, url));
      if (!ok) throw new Error(`${name} is not ready.`);
    });
    if (end) throw new Error(`${name} ended: ${end}`);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, stop };
}
