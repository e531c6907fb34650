import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chartOf } from './chart.ts';
import { openLab } from './lab.ts';
import { reportOf } from './report.ts';
import { type Result, runScenario } from './scenario.ts';
import { scenarios } from './scenarios.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '5' },
  },
});
const unknown = positionals.filter((id) => !scenarios.some((one) => one.id === id));
if (unknown.length > 0) {
  const known = scenarios.map(({ id, title }) => `  ${id}  ${title}`).join('\n');
  process.stderr.write(`There is no scenario ${unknown.join(', ')}. There are:\n${known}\n`);
  process.exit(1);
}
const chosen = scenarios.filter(({ id }) => positionals.length === 0 || positionals.includes(id));
const pace = { rounds: Number(values.rounds), seconds: Number(values.seconds) };

const lab = await openLab();
try {
  const results: Result[] = [];
  for (const scenario of chosen) {
    const result = await runScenario(lab, scenario, pace);
    results.push(result);
    process.stdout.write(`${reportOf(result)}\n`);
  }
  const [cpu] = cpus();
  const conditions = {
    at: new Date().toISOString(),
    machine: `${cpus().length} × ${cpu?.model}`,
    node: process.version,
    postgres: lab.settings,
    ...pace,
  };
  const folder = join(import.meta.dirname, '../results');
  mkdirSync(folder, { recursive: true });
  const text = `${JSON.stringify({ conditions, results }, null, 2)}\n`;
  writeFileSync(join(folder, 'latest.json'), text);
  writeFileSync(join(folder, 'latest.svg'), chartOf(results));
} finally {
  await lab.close();
}
