import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { whatFailed } from './results.ts';
import { argumentsOf, readResults, writeBoth } from './results-file.ts';

/*
 * `node run-again.ts <results> vitest run …`: what failed in the run that wrote these results, or all
 * of it where none of its tests has. Both runs are counted as one: what is left out has failed still.
 */
const [file, program, ...args] = process.argv.slice(2);
const say = (line: string) => process.stderr.write(`${line}\n`);
if (!(file && program && existsSync(file))) {
  say(`Nothing has run before that could run again: ${file} is missing.`);
  process.exit(1);
}
const first = readResults(file);
const again = whatFailed(first, process.cwd());
const { status } = spawnSync(program, [...args, ...argumentsOf(again)], { stdio: 'inherit' });
if (again.files.length > 0) writeBoth(file, first);
const { files } = whatFailed(readResults(file), process.cwd());
if (files.length > 0) say(`What has failed still is in ${files.join(' ')}.`);
process.exitCode = files.length > 0 ? 1 : (status ?? 1);
