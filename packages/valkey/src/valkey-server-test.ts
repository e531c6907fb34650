import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from '@guichet/local-stack/providers/ports';
import { findValkey, startValkey } from '@guichet/local-stack/providers/valkey';
import { onTestFinished } from 'vitest';

/** A Valkey of the test's own: it is ended here, and nobody else may feel that. */
export async function startOwnValkey() {
  const program = await findValkey();
  if (!program)
    throw new Error('valkey-server or redis-server is missing: apt-get install redis-server.');
  const folder = mkdtempSync(join(tmpdir(), 'guichet-valkey-'));
  const port = await freePorts(1);
  const start = () => startValkey({ program, port, folder });
  let server = await start();
  onTestFinished(async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    url: server.url,
    stop: () => server.stop(),
    async restart() {
      server = await start();
    },
  };
}
