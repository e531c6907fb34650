import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const files = join(import.meta.dirname, '../../../../charts/guichet-observability/files');

/** A folder of the chart's files; `undefined` where it has no such. */
export function chartedFolder(...path: string[]): string | undefined {
  const folder = join(files, ...path);
  return existsSync(folder) && readdirSync(folder).length > 0 ? folder : undefined;
}

/** A configuration of the chart's, without what only Helm fills in. */
export const charted = (...path: string[]): unknown =>
  parse(readFileSync(join(files, ...path), 'utf8').replaceAll(/\{\{-?.*?-?\}\}/g, ''));
