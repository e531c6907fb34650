import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startWorld } from '@guichet/local-stack/e2e/world';
import { serviceNames } from '@guichet/local-stack/stack/services';
import { crowd } from './crowd.ts';
import { residentMb } from './resident.ts';
import { startSpanSink } from './span-sink.ts';
import { judge, tableOf } from './verdict.ts';

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '10' } } });
const soakMs = Number(values.minutes) * 60_000;
if (!(soakMs > 0)) throw new Error(`A soak of ${values.minutes} minutes is none.`);

const folder = mkdtempSync(join(tmpdir(), 'guichet-soak-'));
const sink = await startSpanSink();
// Every span is made and sent: what sampling would spare is not what is measured.
const world = await startWorld({
  messages: 'rabbit',
  https: false,
  env: {
    OTEL_EXPORTER_OTLP_ENDPOINT: sink.url,
    REQUESTS_PER_SECOND: '1000000',
    SIGN_INS_PER_MINUTE: '1000000',
  },
});
const samples = new Map<string, number[]>(serviceNames.map((name) => [name, []]));
const sampling = setInterval(() => {
  for (const [name, taken] of samples) {
    taken.push(residentMb(world.stack.processes.get(name)?.process.pid ?? 0));
  }
}, 1_000);

try {
  const { answered, bought } = await crowd(world, folder, Date.now() + soakMs);
  clearInterval(sampling);
  const verdicts = [...samples].map(([name, taken]) => judge(name, taken));
  const answers = Object.entries(answered).map(([status, count]) => `${count} × ${status}`);
  process.stdout.write(
    `${tableOf(verdicts)}\nThe crowd was answered ${answers.join(', ')}; ${bought} bought the whole way; ${sink.batches()} batches of spans came.\n`,
  );
  const nothingHappened = !answered['201'] || bought === 0 || sink.batches() === 0;
  if (nothingHappened || verdicts.some(({ faults }) => faults.length > 0)) process.exitCode = 1;
} finally {
  clearInterval(sampling);
  await world.end();
  sink.close();
  rmSync(folder, { recursive: true, force: true });
}
