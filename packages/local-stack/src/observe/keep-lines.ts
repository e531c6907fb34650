import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { LogLines } from '../stack/log-lines.ts';

/** A file that has grown to this is begun anew: Loki has its lines. */
const mostBytes = 16_777_216;

function lineFile(path: string) {
  let file = openSync(path, 'w');
  let bytes = 0;
  return (line: string): void => {
    if (bytes > mostBytes) {
      closeSync(file);
      file = openSync(path, 'w');
      bytes = 0;
    }
    bytes += writeSync(file, line);
  };
}

/**
 * Writes each process's lines where, and as, a node of a cluster has those of its pods, so that the
 * collector reads them by the operators that it has there.
 */
export function keepLines(folder: string): LogLines {
  const files = new Map<string, (line: string) => void>();
  const fileOf = (name: string) => {
    const known = files.get(name);
    if (known) return known;
    const pod = join(folder, `local_${name}_0`, name);
    mkdirSync(pod, { recursive: true });
    const file = lineFile(join(pod, '0.log'));
    files.set(name, file);
    return file;
  };
  return (name, ...streams) => {
    const write = fileOf(name);
    for (const stream of streams) {
      if (!stream) continue;
      createInterface({ input: stream }).on('line', (line) => {
        write(`${new Date().toISOString()} stdout F ${line}\n`);
      });
    }
  };
}
