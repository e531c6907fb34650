import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { World } from './world.ts';

/** What `make <name>` says and how it ends, with these settings. */
const runProgram = async (
  name: 'buy' | 'parked',
  { stackFile }: Pick<World, 'stackFile'>,
  settings: Record<string, string>,
): Promise<{ code: number | null; output: string }> => {
  const child = spawn(process.execPath, [join(import.meta.dirname, '..', name, 'main.ts')], {
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

export const runBuy = (world: Pick<World, 'stackFile'>, settings: Record<string, string> = {}) =>
  runProgram('buy', world, settings);
export const runParked = (world: Pick<World, 'stackFile'>, settings: Record<string, string> = {}) =>
  runProgram('parked', world, settings);
