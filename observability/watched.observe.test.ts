import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { type OwnStack, startOwnStack } from '@guichet/local-stack/e2e/own-stack';
import { afterAll, beforeAll, expect, test } from 'vitest';

const startMs = 300_000;
const playMs = 600_000;

let own: OwnStack;
beforeAll(async () => {
  own = await startOwnStack({ messages: 'rabbit', https: false, env: {}, observe: true });
}, startMs);
afterAll(() => own?.end(), startMs);

/** What a program says of the stack that is started, and how it ends. */
const run = (program: string, settings: Record<string, string> = {}) =>
  new Promise<{ code: unknown; output: string }>((resolve) => {
    const env = { ...process.env, GUICHET_STACK: own.stackFile, ...settings };
    const file = join(import.meta.dirname, program);
    execFile(process.execPath, [file], { env }, (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, output: stdout + stderr }),
    );
  });

test(
  '`make verify` finds what it buys in metrics, trace, lines, exemplar, dashboards and rules',
  async () => {
    const { code, output } = await run('verify/main.ts');

    expect(output).toMatch(/\n18 passed, 0 failed\n$/);
    expect(code).toBe(0);
  },
  playMs,
);

test(
  'an e-mail provider that refuses raises its alert, which leads to its runbook and goes',
  async () => {
    const { code, output } = await run('gameday/main.ts', { FAULT: 'mail-refused' });

    expect(output).toContain('It leads to docs/runbooks/mail-provider-refusing.md.');
    expect(output).toContain('GuichetMailProviderRefusing is resolved');
    expect(output).toMatch(/PASSED {2}mail-refused: its alert came, led to its runbook, and went/);
    expect(code).toBe(0);
  },
  playMs,
);

test('what is no fault, and what one machine cannot do, is said in a sentence', async () => {
  expect(await run('gameday/main.ts', { FAULT: 'xyz' })).toMatchObject({
    code: 2,
    output: expect.stringMatching(/^FAULT=xyz is no fault\. There are:\n/),
  });
  expect(await run('gameday/main.ts', { FAULT: 'rabbitmq-down' })).toMatchObject({
    code: 2,
    output: expect.stringMatching(/^FAULT=rabbitmq-down is done on a cluster only/),
  });
});
