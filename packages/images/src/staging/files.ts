import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Workspace } from './workspaces.ts';

/** Tests, what only they import, and templates, which run as `dist` has them. */
const notRun = /(\.test\.ts|-test\.ts|\.contract\.ts|\.tsx)$/;

/** Of a workspace, what runs: its sources, its migrations, and what was built of it. */
export function filesOf(repository: string, { folder }: Workspace): string[] {
  return ['src', 'migrations', 'dist']
    .map((part) => join(repository, folder, part))
    .filter((part) => existsSync(part))
    .flatMap((part) => readdirSync(part, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => relative(repository, join(entry.parentPath, entry.name)))
    .filter((file) => !notRun.test(file))
    .sort();
}
