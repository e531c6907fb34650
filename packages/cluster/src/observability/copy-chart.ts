import { cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeFiles } from './programs.ts';
import { chart } from './rendered.ts';

/** A copy of the chart with these files in its `files`, besides its own or instead. */
export function copyChart(files: Record<string, string>): string {
  const copy = mkdtempSync(join(tmpdir(), 'guichet-chart-'));
  cpSync(chart, copy, { recursive: true });
  writeFiles(join(copy, 'files'), files);
  return copy;
}
