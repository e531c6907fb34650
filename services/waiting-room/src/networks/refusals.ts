import { Refusal } from '@guichet/contracts/refusal';
import { createLoop } from '@guichet/loop/loop';
import type { Pool } from '@guichet/postgres/pool';
import type { Logger } from '@guichet/telemetry/logger';
import type { Metrics } from '@guichet/telemetry/metrics';
import type { Network } from './networks.ts';

/** So often what was counted is written: an attack costs a statement a second, however large it is. */
const writeMs = 1_000;
/** More blocks than an organiser reads; of an attack from everywhere the rest is one line. */
const mostBlocks = 1_000;
const elsewhere = 'elsewhere';

type Counts = Map<string, number>;
const add = (counts: Counts, key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);

/** Counts who was refused, by reason and by block of addresses, for the organiser and for metrics. */
export function createRefusals({
  pool,
  metrics,
  logger,
}: {
  pool: Pool;
  metrics: Metrics;
  logger: Logger;
}) {
  const total = metrics.counter({
    name: 'guichet_waiting_room_refusals_total',
    help: 'Turns, codes and admissions that were refused',
    labelNames: ['reason'],
  });
  let reasons = new Map<string, Counts>();
  let blocks = new Map<string, Counts>();
  const of = (all: Map<string, Counts>, roomId: string): Counts => {
    const known = all.get(roomId) ?? new Map();
    all.set(roomId, known);
    return known;
  };
  const listed = (all: Map<string, Counts>) =>
    [...all].flatMap(([roomId, counts]) =>
      [...counts].map(([key, count]) => ({ roomId, key, count })),
    );

  /** Of rooms that there are; what somebody made up leaves no trace. */
  async function write(): Promise<void> {
    const [byReason, byBlock] = [listed(reasons), listed(blocks)];
    if (byReason.length === 0) return;
    reasons = new Map();
    blocks = new Map();
    await pool.query(
      `with by_reason as (
         insert into room_refusals as r (room_id, reason, count)
         select "roomId", key, count
           from jsonb_to_recordset($1) as said ("roomId" uuid, key text, count bigint)
          where "roomId" in (select id from rooms)
          order by 1, 2
             on conflict (room_id, reason) do update set count = r.count + excluded.count)
       insert into blocks as b (room_id, label, refused)
       select "roomId", key, count
         from jsonb_to_recordset($2) as said ("roomId" uuid, key text, count bigint)
        where "roomId" in (select id from rooms)
        order by 1, 2
           on conflict (room_id, label) do update set refused = b.refused + excluded.refused`,
      [JSON.stringify(byReason), JSON.stringify(byBlock)],
    );
  }

  const loop = createLoop({
    turn: write,
    pauseMs: writeMs,
    onError: (err) => logger.warn({ err }, 'refusals could not be written down; they are lost'),
  });

  return {
    /** Notes an error that is a refusal; any other is none of a room's. */
    note(roomId: string, error: unknown, network: Network): void {
      if (!(error instanceof Refusal)) return;
      total.inc({ reason: error.code });
      add(of(reasons, roomId), error.code);
      const seen = of(blocks, roomId);
      const isNew = !seen.has(network.blockLabel) && seen.size >= mostBlocks;
      add(seen, isNew ? elsewhere : network.blockLabel);
    },
    write,
    start: loop.start,
    async stop(): Promise<void> {
      await loop.stop();
      await write();
    },
  };
}
export type Refusals = ReturnType<typeof createRefusals>;
