import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { databaseTest } from '@guichet/testing/database-test';
import { listening } from '@guichet/testing/listening';
import { expect, onTestFinished } from 'vitest';

const test = databaseTest();
const run = promisify(execFile);

/** What a process exports, as one text: protocol buffers have their strings as they are. */
async function exportedBy(file: string, env: Record<string, string>): Promise<string> {
  const sent: Buffer[] = [];
  const collector = createServer(async (req, res) => {
    sent.push(await buffer(req));
    res.end();
  });
  const { url, close } = await listening(collector);
  onTestFinished(close);
  const args = ['--import', '@guichet/telemetry/register', join(import.meta.dirname, file)];
  await run(process.execPath, args, {
    cwd: import.meta.dirname,
    env: {
      PATH: process.env.PATH,
      OTEL_EXPORTER_OTLP_ENDPOINT: url,
      OTEL_SERVICE_NAME: 'traced',
      ...env,
    },
  });
  return Buffer.concat(sent).toString('latin1');
}

test('what asks the database has a span of its own, of its service', async ({ databaseUrl }) => {
  const exported = await exportedBy('traced-child.ts', { DATABASE_URL: databaseUrl });

  expect(exported).toContain('process test.consumer');
  expect(exported).toContain('select 1 as traced_query');
  expect(exported).toMatch(/service\.name.{1,8}traced/s);
});

test.for([{ OTEL_SDK_DISABLED: 'true' }, { OTEL_TRACES_EXPORTER: 'none' }])(
  'switched off by %o, nothing leaves',
  async (off, { databaseUrl }) => {
    expect(await exportedBy('traced-child.ts', { DATABASE_URL: databaseUrl, ...off })).toBe('');
  },
);
