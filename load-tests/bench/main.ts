import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chartOf } from './chart.ts';
import { type Lab, openLab } from './lab.ts';
import { reportOf } from './report.ts';
import { type Pace, type Result, runScenario } from './scenario.ts';
import { scenarios } from './scenarios.ts';
import { farShort } from './verdict.ts';
import { wrk } from './wrk.ts';

const long: Pace = { rounds: 5, seconds: 5, warmSeconds: 2 };
/** All of it within four minutes on two cores: enough to see what is broken, not what is a little slower. */
const short: Pace = { rounds: 1, seconds: 3, warmSeconds: 1 };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    short: { type: 'boolean', default: false },
    rounds: { type: 'string' },
    seconds: { type: 'string' },
  },
});
const unknown = positionals.filter((id) => !scenarios.some((one) => one.id === id));
if (unknown.length > 0) {
  const known = scenarios.map(({ id, title }) => `  ${id}  ${title}`).join('\n');
  process.stderr.write(`There is no scenario ${unknown.join(', ')}. There are:\n${known}\n`);
  process.exit(1);
}
const chosen = scenarios.filter(({ id }) => positionals.length === 0 || positionals.includes(id));
const usual = values.short ? short : long;
const pace: Pace = {
  ...usual,
  rounds: Number(values.rounds ?? usual.rounds),
  seconds: Number(values.seconds ?? usual.seconds),
};

/** What is shown in the docs: by a long run alone. */
function keep(results: readonly Result[], postgres: Record<string, string>): void {
  const [cpu] = cpus();
  const conditions = {
    at: new Date().toISOString(),
    machine: `${cpus().length} × ${cpu?.model}`,
    node: process.version,
    postgres,
    ...pace,
  };
  const folder = join(import.meta.dirname, '../results');
  mkdirSync(folder, { recursive: true });
  const text = `${JSON.stringify({ conditions, results }, null, 2)}\n`;
  writeFileSync(join(folder, 'latest.json'), text);
  writeFileSync(join(folder, 'latest.svg'), chartOf(results));
}

/** Code is compiled as it is used: whichever scenario comes first would be measured without. */
async function warm({ hotSale, bookingsUrl }: Lab): Promise<void> {
  const { quotesFile } = await hotSale(1_000_000);
  await wrk({ url: bookingsUrl, quotesFile, connections: 64, seconds: 6 });
}

const began = performance.now();
const lab = await openLab();
// What it has started would go on without it.
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void lab.close().finally(() => process.exit(1)));
}
const results: Result[] = [];
try {
  await warm(lab);
  for (const scenario of chosen) {
    const result = await runScenario(lab, scenario, pace);
    results.push(result);
    process.stdout.write(`${reportOf(result)}\n`);
  }
  if (!values.short) keep(results, lab.settings);
} finally {
  await lab.close();
}
process.stdout.write(`It took ${Math.round((performance.now() - began) / 1_000)} s.\n`);
const below = farShort(results);
if (values.short && below.length > 0) {
  process.stderr.write(`Not even half of what must be reached: ${below.join('; ')}.\n`);
  process.exitCode = 1;
}
