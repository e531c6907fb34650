import pg from 'pg';

const databaseOf = (owner: string) => `guichet_${owner.replaceAll('-', '_')}`;

/** A database each, made where it is missing; answers the URL of each. */
export async function makeDatabases(
  serverUrl: string,
  owners: readonly string[],
): Promise<Record<string, string>> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ datname: string }>('select datname from pg_database');
    const there = new Set(rows.map(({ datname }) => datname));
    for (const owner of owners) {
      if (!there.has(databaseOf(owner))) await client.query(`create database ${databaseOf(owner)}`);
    }
  } finally {
    await client.end();
  }
  return Object.fromEntries(
    owners.map((owner) => {
      const url = new URL(serverUrl);
      url.pathname = `/${databaseOf(owner)}`;
      return [owner, url.href];
    }),
  );
}
