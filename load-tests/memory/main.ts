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
const minutes = Number(values.minutes);

const folder = mkdtempSync(join(tmpdir(), 'guichet-soak-'));
const sink = await startSpanSink();
const world = await startWorld({
  messages: 'rabbit',
  https: false,
  env: {
    OTEL_EXPORTER_OTLP_ENDPOINT: sink.url,
    ...JSON.parse(process.env.SOAK_ENV ?? '{}'),
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
  const tally = await crowd(world, folder, Date.now() + minutes * 60_000);
  clearInterval(sampling);
  const verdicts = [...samples].map(([name, taken]) => judge(name, taken));
  process.stdout.write(`${tableOf(verdicts)}\n`);
  process.stdout.write(`${JSON.stringify(tally)}, ${sink.batches()} batches of spans\n`);
  if (process.env.SOAK_SAMPLES) {
    const { writeFileSync } = await import('node:fs');
    writeFileSync(process.env.SOAK_SAMPLES, JSON.stringify(Object.fromEntries(samples)));
  }
  if (verdicts.some(({ faults }) => faults.length > 0)) process.exitCode = 1;
} finally {
  clearInterval(sampling);
  await world.end();
  sink.close();
  rmSync(folder, { recursive: true, force: true });
}
