import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { isListening } from './providers/ports.ts';

const folder = join(import.meta.dirname, '../../../.guichet');

/** A stack whose data is taken from under it would go on with half of it. */
async function runs(): Promise<boolean> {
  const file = join(folder, 'stack.json');
  if (!existsSync(file)) return false;
  const { gateway } = z.object({ gateway: z.url() }).parse(JSON.parse(readFileSync(file, 'utf8')));
  return isListening(Number(new URL(gateway).port));
}

if (await runs()) {
  process.stderr.write('Guichet is running: end it with Ctrl-C in its terminal, then reset.\n');
  process.exit(1);
}
for (const name of ['data', 'secrets.json', 'stack.json', 'tls']) {
  rmSync(join(folder, name), { recursive: true, force: true });
}
process.stdout.write('The data, the secrets and the accounts of make start are gone.\n');
