import type { Migration, Series } from './migration-files.ts';
import type { Queryable } from './pool.ts';

export type SchemaVersion = {
  readonly series: Series['name'];
  /** The newest migration that was applied. */
  readonly version: number;
  /** The oldest version whose code works on it. */
  readonly compatibleFrom: number;
};

const undefinedTable = '42P01';

/**
 * What a migration does to the schema's version, to run in its own transaction: a contract step and
 * the word that it was taken are one. It never goes back: a release that is rolled back brings
 * fewer migrations, and takes none away.
 */
export const keepVersion = (series: Series['name'], { version, compatibleFrom }: Migration) => `
  insert into schema_versions (series, version, compatible_from)
  values ('${series}', ${version}, ${compatibleFrom})
  on conflict (series) do update
     set version = greatest(schema_versions.version, excluded.version),
         compatible_from = greatest(schema_versions.compatible_from, excluded.compatible_from);`;

export const schemaVersions = (db: Queryable) => ({
  /** Called under the migrations' lock: two that create at the same time would both find none. */
  async create(): Promise<void> {
    await db.query(`
      create table if not exists schema_versions (
        series text primary key,
        version integer not null,
        compatible_from integer not null,
        constraint schema_versions_works_for_its_own check (compatible_from <= version)
      )`);
  },

  /** None where the database was never migrated. */
  async list(): Promise<SchemaVersion[]> {
    try {
      const { rows } = await db.query(
        `select series, version, compatible_from as "compatibleFrom" from schema_versions`,
      );
      return rows;
    } catch (error) {
      if ((error as { code?: string }).code === undefinedTable) return [];
      throw error;
    }
  },
});
