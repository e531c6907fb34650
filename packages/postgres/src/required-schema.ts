import { CannotStart } from '@guichet/http/waiting';
import { addressOf, unreachable } from '@guichet/telemetry/unreachable';
import { numbered, type Series, seriesOf } from './migration-files.ts';
import type { Pool } from './pool.ts';
import { type SchemaVersion, schemaVersions } from './schema-versions.ts';

const titles: Readonly<Record<Series['name'], string>> = {
  service: 'schema',
  shared: 'schema for messages and keys',
};

/**
 * Holds a release, by the migrations of a series that it brings, against a database, by those that
 * it has had. Throws a sentence while the release has to wait, and a `CannotStart` where a contract
 * step has left it behind.
 */
export function holdAgainst(
  { name, migrations }: Pick<Series, 'name' | 'migrations'>,
  found: Omit<SchemaVersion, 'series'> | undefined,
  database: string,
): void {
  const newest = migrations.at(-1);
  if (!newest) return;
  const { version = 0, compatibleFrom = 0 } = found ?? {};
  if (version < newest.version) {
    const stands = version === 0 ? 'has none yet' : `is at ${numbered(version)}`;
    throw new Error(
      `This release needs the ${titles[name]} ${newest.name}, and ${database} ${stands}. Run this release’s migrations: node src/migrate.ts, in a cluster the migration Job.`,
    );
  }
  if (newest.version < compatibleFrom) {
    throw new CannotStart(
      `This release knows the ${titles[name]} up to ${newest.name}, and ${database} is at ${numbered(version)}, which only works with releases that know ${numbered(compatibleFrom)} or later. Run such a release.`,
    );
  }
}

/**
 * Resolves when the database has the schema that the code was built with, or a newer one that still
 * works with it; rejects with a sentence until then.
 */
export function requiredSchema({
  pool,
  url,
  folder,
}: {
  pool: Pool;
  url: string;
  /** The service's migrations. */
  folder: string;
}): () => Promise<void> {
  let needed: Series[] | undefined;

  return async () => {
    needed ??= seriesOf(folder);
    const found = await schemaVersions(pool)
      .list()
      .catch((cause: unknown) => {
        throw unreachable({ server: 'PostgreSQL', url, setting: 'DATABASE_URL', cause });
      });
    for (const series of needed) {
      const version = found.find((one) => one.series === series.name);
      holdAgainst(series, version, `the database at ${addressOf(url)}`);
    }
  };
}
