import type { Pool } from '@guichet/postgres/pool';

/** Without these a commit that is answered can be lost, and every figure means nothing. */
export async function assertDurable(pool: Pool): Promise<Record<string, string>> {
  const { rows } = await pool.query<{ name: string; setting: string }>(
    `select name, setting from pg_settings
      where name in ('fsync', 'synchronous_commit', 'full_page_writes', 'shared_buffers', 'server_version')`,
  );
  const settings = Object.fromEntries(rows.map(({ name, setting }) => [name, setting]));
  for (const name of ['fsync', 'synchronous_commit', 'full_page_writes']) {
    if (settings[name] !== 'on') throw new Error(`PostgreSQL’s ${name} is ${settings[name]}.`);
  }
  return settings;
}
