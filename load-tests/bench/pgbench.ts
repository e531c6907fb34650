import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import type { Load } from './load.ts';

/** One booking, by the function that a booking alone takes, with a quote of the table bench_quotes. */
const statement = `\\set n random(1, :quotes)
select outcome from place_booking('bench', gen_random_uuid()::text, 'h', 1::smallint::integer,
  gen_random_uuid(), left(md5(random()::text), 12), null, null,
  (select quote from bench_quotes where n = :n), interval '10 minutes', interval '15 seconds', null);
`;

/** So many clients are let in within a second, which pgbench counts as of its time. */
const letInPerSecond = 100;
/** So many times as long as that it may take, where a machine is slow; then there is no limit to find. */
const mostTimesAsLong = 8;

/** The limit that PostgreSQL's own tool finds: the same function, one call a transaction. */
export async function pgbench({
  databaseUrl,
  folder,
  quotes,
  connections,
  seconds,
}: {
  databaseUrl: string;
  folder: string;
  quotes: number;
  connections: number;
  seconds: number;
}): Promise<Load> {
  const file = join(folder, 'place.sql');
  writeFileSync(file, statement);
  const lettingIn = Math.ceil(connections / letInPerSecond);
  for (let times = 1; times <= mostTimesAsLong; times *= 2) {
    const { stdout } = await execa('pgbench', [
      ...['--no-vacuum', '--protocol=prepared', '--jobs=1', `--file=${file}`],
      ...[`--client=${connections}`, `--time=${seconds + times * lettingIn}`],
      ...[`--define=quotes=${quotes}`, databaseUrl],
    ]);
    const done = Number(/transactions actually processed: (\d+)/.exec(stdout)?.[1]);
    const tps = Number(/tps = ([\d.]+) \(without/.exec(stdout)?.[1]);
    if (done > 0 && tps > 0) return { done, seconds: done / tps, outcomes: {} };
    if (done !== 0) throw new Error(`pgbench said:\n${stdout}`);
  }
  throw new Error(
    `pgbench let in fewer than ${letInPerSecond / mostTimesAsLong} clients a second.`,
  );
}
