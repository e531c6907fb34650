import { roomSales, slotSales } from '@guichet/contracts/internal-sales';
import type { ServiceClient } from '@guichet/http/service-client';
import type { Logger } from '@guichet/telemetry/logger';
import { mergeSales } from './known-sales.ts';
import type { Sale } from './sale.ts';

type Source = {
  readonly name: string;
  ask(): Promise<Sale[]>;
  told: Sale[];
  askedAt: number | null;
  silentSince: number | null;
};

/** Sales that are told of, as long as they matter; who does not answer is believed what it said. */
export function createSales({
  waitingRoom,
  reservation,
  keptMs,
  logger,
  now = Date.now,
}: {
  waitingRoom: ServiceClient;
  reservation: ServiceClient;
  keptMs: () => number;
  logger: Logger;
  now?: () => number;
}) {
  const sources: Source[] = [
    {
      name: 'waiting-room',
      ask: () => askRooms(waitingRoom),
      told: [],
      askedAt: null,
      silentSince: null,
    },
    {
      name: 'reservation',
      ask: () => askSlots(reservation),
      told: [],
      askedAt: null,
      silentSince: null,
    },
  ];
  const began = now();
  let sales: Sale[] = [];

  async function ask(source: Source): Promise<void> {
    try {
      source.told = await source.ask();
      source.askedAt = now();
      if (source.silentSince !== null) logger.info({ of: source.name }, 'sales are told again');
      source.silentSince = null;
    } catch (err) {
      if (source.silentSince === null) {
        source.silentSince = now();
        const since = new Date(source.askedAt ?? began).toISOString();
        logger.warn({ err, of: source.name, since }, 'sales are not told: those known last count');
      }
    }
  }

  return {
    async refresh(): Promise<void> {
      await Promise.all(sources.map(ask));
      const told = sources.flatMap((source) => source.told);
      sales = mergeSales(sales, told, { now: now(), keptMs: keptMs() });
    },
    list: (): readonly Sale[] => sales,
    /** How long ago the source that was silent longest last answered, in milliseconds. */
    ageMs: () => now() - Math.min(...sources.map(({ askedAt }) => askedAt ?? began)),
  };
}
export type Sales = ReturnType<typeof createSales>;

async function askRooms(client: ServiceClient): Promise<Sale[]> {
  const { sales } = await client.call(roomSales, {});
  return sales.map(({ roomId, offeringId, organiserId, saleAt, closesAt, waiting, ...room }) => ({
    id: roomId,
    offeringId,
    organiserId,
    saleAt: Date.parse(saleAt),
    closesAt: Date.parse(closesAt),
    waiting,
    crowd: {
      room: true,
      buyers: Math.max(room.expectedBuyers, waiting),
      perSecond: room.perSecond,
    },
    goneAt: null,
  }));
}

async function askSlots(client: ServiceClient): Promise<Sale[]> {
  const { sales } = await client.call(slotSales, {});
  return sales.map(({ offeringId, organiserId, saleAt, capacity }) => ({
    id: `${offeringId} ${saleAt}`,
    offeringId,
    organiserId,
    saleAt: Date.parse(saleAt),
    closesAt: null,
    waiting: 0,
    crowd: { room: false, capacity },
    goneAt: null,
  }));
}
