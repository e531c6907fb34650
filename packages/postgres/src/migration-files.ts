import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CannotStart } from '@guichet/http/waiting';

/** Migrating cannot be done, nor waited for; the message is a sentence that says what to mend. */
export class MigrationError extends CannotStart {}

export type Migration = {
  /** `NNNN_name`, as the database remembers it. */
  readonly name: string;
  /** Its number. */
  readonly version: number;
  readonly sql: string;
  /** The oldest version whose code works on the schema once this migration is applied. */
  readonly compatibleFrom: number;
};

const fileName = /^(\d{4})_[a-z0-9_]+\.sql$/;
const declaration = /^-- compatible from (\d{4})$/;
/** What may have been meant as one. */
const like = /^\s*--\s*compatible\b/im;

export const numbered = (version: number): string => String(version).padStart(4, '0');

/** The version that a contract migration says it needs; an expand migration says nothing. */
function declaredIn(file: string, sql: string, own: number): number | undefined {
  const [first = '', ...rest] = sql.split('\n');
  if (like.test(rest.join('\n'))) {
    throw new MigrationError(`${file}: "-- compatible from NNNN" must be its first line.`);
  }
  if (!like.test(first)) return undefined;
  const version = Number(declaration.exec(first.trimEnd())?.[1]);
  if (version >= 1 && version <= own) return version;
  throw new MigrationError(
    `${file}: "${first.trim()}" must read "-- compatible from NNNN", with a migration between 0001 and its own ${numbered(own)}.`,
  );
}

/**
 * The migrations of a folder in order, refused with a sentence where they are not `NNNN_name.sql`
 * from 0001 on without a gap. So a version is one number: whoever has reached it has had all before.
 */
export function readMigrations(folder: string): Migration[] {
  const migrations: Migration[] = [];
  let compatibleFrom = 1;
  for (const file of readdirSync(folder).sort()) {
    const next = migrations.length + 1;
    const version = Number(fileName.exec(file)?.[1]);
    if (version !== next) {
      throw new MigrationError(
        `${file}: the migrations of ${folder} are named NNNN_name.sql without a gap; ${numbered(next)} is expected here.`,
      );
    }
    const sql = readFileSync(join(folder, file), 'utf8');
    const declared = declaredIn(file, sql, version) ?? compatibleFrom;
    if (declared < compatibleFrom) {
      throw new MigrationError(
        `${file}: it is compatible from ${numbered(declared)}, but one before it only from ${numbered(compatibleFrom)}.`,
      );
    }
    compatibleFrom = declared;
    migrations.push({ name: file.slice(0, -'.sql'.length), version, sql, compatibleFrom });
  }
  return migrations;
}

/**
 * Two series of migrations make a service's schema, each numbered by itself: its own, and those of
 * this package. So either may grow without the other's numbers meaning something else.
 */
export type Series = {
  readonly name: 'service' | 'shared';
  /** Where node-pg-migrate keeps the names of what it has applied. */
  readonly appliedIn: string;
  readonly folder: string;
  readonly migrations: readonly Migration[];
};

/** What every service's database has: outbox, inbox, idempotency keys. */
export const sharedFolder = join(import.meta.dirname, '../migrations');

/** The series that a release brings, in the order in which they are applied. */
export function seriesOf(folder?: string): Series[] {
  const read = (name: Series['name'], appliedIn: string, from: string): Series => ({
    name,
    appliedIn,
    folder: from,
    migrations: readMigrations(from),
  });
  return [
    read('shared', 'shared_migrations', sharedFolder),
    ...(folder ? [read('service', 'migrations', folder)] : []),
  ];
}
