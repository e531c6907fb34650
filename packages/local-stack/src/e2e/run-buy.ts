import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { World } from './world.ts';

const main = join(import.meta.dirname, '../buy/main.ts');

/** What `make buy` says and how it ends, with these settings. */
export const runBuy = async (
  { stackFile }: Pick<World, 'stackFile'>,
  settings: Record<string, string> = {},
): Promise<{ code: number | null; output: string }> => {
  const child = spawn(process.execPath, [main], {
    env: { PATH: process.env.PATH, NO_COLOR: '1', GUICHET_STACK: stackFile, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk;
    });
  }
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, output };
};
