import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const repository = join(import.meta.dirname, '../../..');

/** Where a process of reservation may be when it names a step. */
const sources = [
  'services/reservation/src/**/*.ts',
  'packages/postgres/src/relay.ts',
  'packages/messaging/src/attempt.ts',
];

/** Every step that reservation names, read from its source: a new one is found by itself. */
export const failpointNames = (): string[] =>
  sources
    .flatMap((pattern) => globSync(pattern, { cwd: repository }))
    .filter((file) => !file.endsWith('test.ts'))
    .map((file) => readFileSync(join(repository, file), 'utf8'))
    .flatMap((text) => [...text.matchAll(/\bstep\('([a-z_.]+)'\)/g)].map(([, name]) => name ?? ''))
    .sort();
