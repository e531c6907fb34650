import { createClient } from '@guichet/contracts/client';
import { assertInvariants } from './assert-invariants.ts';
import { gated } from './gated.ts';
import type { Lab } from './lab.ts';
import type { Load } from './load.ts';
import { overload } from './overload.ts';
import { watchOwn } from './own-booking.ts';
import { pgbench } from './pgbench.ts';
import type { Sale } from './sales.ts';
import type { Contender, Scenario } from './scenario.ts';
import { throughGateway } from './through-gateway.ts';
import { wholeWay } from './whole-way.ts';
import { wrk, wrkAt } from './wrk.ts';

const connections = 64;
/** How many a flash sale’s page has at once. */
const crowd = 256;

const books = (lab: Lab, sale: Sale, at = connections): Contender => ({
  name: 'guichet',
  load: (seconds) =>
    wrk({ url: lab.bookingsUrl, quotesFile: sale.quotesFile, connections: at, seconds }),
  check: ({ outcomes }) => assertInvariants(lab.pool, outcomes[201] ?? 0),
});

const places = (lab: Lab, sale: Sale, at = connections): Contender => ({
  name: 'pgbench',
  load: (seconds) =>
    pgbench({
      databaseUrl: lab.databaseUrl,
      folder: lab.folder,
      quotes: sale.quotes,
      connections: at,
      seconds,
    }),
});

const doesNothing = (lab: Lab, sale: Sale, at = connections): Contender => ({
  name: 'no-op',
  load: (seconds) =>
    wrk({ url: lab.noopUrl, quotesFile: sale.quotesFile, connections: at, seconds }),
});

/** Enough for any window: what sells out is another scenario’s. */
const plenty = 1_000_000;

const spread: Scenario = {
  id: 'a',
  title: 'Bookings spread over 10,000 slots',
  async prepare(lab) {
    const sale = await lab.spreadSale(10_000);
    return { contenders: [books(lab, sale), places(lab, sale)] };
  },
  ratios: [{ name: 'over pgbench', of: 'guichet', over: 'pgbench', reach: 0.9, aim: 1.2 }],
};

const hot: Scenario = {
  id: 'b',
  title: 'Everybody books one slot',
  async prepare(lab) {
    const sale = await lab.hotSale(plenty);
    return {
      contenders: [
        books(lab, sale, crowd),
        places(lab, sale, crowd),
        { ...places(lab, sale), name: 'pgbench by 64' },
        doesNothing(lab, sale, crowd),
      ],
    };
  },
  ratios: [
    { name: 'over pgbench by as many', of: 'guichet', over: 'pgbench', reach: 6, aim: 10 },
    // Who wait in line for one row do better when they are fewer.
    { name: 'over pgbench by 64', of: 'guichet', over: 'pgbench by 64', reach: 6, aim: 10 },
    { name: 'over a no-op POST', of: 'guichet', over: 'no-op', reach: 0.5, aim: 0.65 },
  ],
};

const soldOut: Scenario = {
  id: 'b-sold-out',
  title: 'One slot of 2,000 places, 256 buyers: exactly so many are sold, the rest is refused',
  async prepare(lab) {
    const capacity = 2_000;
    const sale = await lab.hotSale(capacity);
    const buyers = books(lab, sale, crowd);
    const exactly = async (load: Load) => {
      await buyers.check?.(load);
      const { rows } = await lab.pool.query('select taken from slots where id = $1', [
        sale.slotIds[0],
      ]);
      if (rows[0].taken !== capacity) throw new Error(`${rows[0].taken} of ${capacity} were sold.`);
    };
    return { contenders: [{ ...buyers, check: exactly }, doesNothing(lab, sale, crowd)] };
  },
  ratios: [
    { name: 'refusals over a no-op POST', of: 'guichet', over: 'no-op', reach: 0.5, aim: 0.9 },
  ],
};

const looking: Scenario = {
  id: 'c',
  title: 'Fifty looks at what is left for each booking',
  async prepare(lab) {
    const sale = await lab.hotSale(plenty);
    const own = await lab.ownSlot(sale);
    const at = `/api/availability?offeringId=${sale.offeringId}`;
    const looks = { at, perBooking: 50 };
    const { quotesFile } = sale;
    const crowdAt = (url: URL, seconds: number) =>
      wrk({ url, quotesFile, connections, seconds, looks });
    /** While somebody books among them, who must see at once what they have. */
    const watched = (name: string, url: URL): Contender => ({
      name,
      async load(seconds) {
        const done = new AbortController();
        const watching = watchOwn(createClient({ baseUrl: url.origin, fetch }), own, done.signal);
        const load = await crowdAt(url, seconds);
        done.abort();
        const { looks: seen, stale } = await watching;
        if (seen === 0 || stale > 0) {
          throw new Error(`${stale} of ${seen} own bookings were not seen at once.`);
        }
        return load;
      },
    });
    // What others see may be a tenth of a second old; whoever has booked is shown their own at once.
    const keeping = await lab.beside.start('reservation', { AVAILABILITY_KEPT_MS: '100' });
    return {
      contenders: [
        watched('guichet', keeping.url),
        watched('each read', lab.bookingsUrl),
        { name: 'no-op', load: (seconds) => crowdAt(lab.noopUrl, seconds) },
      ],
      end: () => lab.beside.end(keeping),
    };
  },
  ratios: [{ name: 'over a constant answer', of: 'guichet', over: 'no-op', reach: 0.8, aim: 0.95 }],
};

const filling: Scenario = {
  id: 'f',
  title: 'A slot of which 20,000 places are sold, beside one of 500',
  async prepare(lab) {
    const sale = await lab.hotSale(plenty);
    const afterSold = (count: number): Contender => ({
      name: `${count} sold`,
      before: () => lab.sell(count),
      load: books(lab, sale).load,
    });
    return { contenders: [afterSold(20_000), afterSold(500)] };
  },
  ratios: [
    {
      name: 'of the speed at 500 sold',
      of: '20000 sold',
      over: '500 sold',
      reach: 0.95,
      aim: 0.98,
    },
  ],
};

const replicas: Scenario = {
  id: 'g',
  title: 'Two and four processes of reservation sell one slot',
  async prepare(lab) {
    const sale = await lab.hotSale(plenty);
    const more = await Promise.all([1, 2, 3].map(() => lab.beside.start('reservation')));
    const all = [lab.bookingsUrl, ...more.map(({ url }) => url)];
    const byProcesses = (count: number): Contender => ({
      name: `${count} process${count > 1 ? 'es' : ''}`,
      load: (seconds) =>
        wrkAt(all.slice(0, count), {
          quotesFile: sale.quotesFile,
          // That of the flash sale: a few, spread over many processes, are no crowd at any of them.
          connections: crowd,
          seconds,
        }),
      check: ({ outcomes }) => assertInvariants(lab.pool, outcomes[201] ?? 0),
    });
    return {
      contenders: [1, 2, 4].map(byProcesses),
      end: async () => {
        await Promise.all(more.map(lab.beside.end));
      },
    };
  },
  ratios: [
    { name: 'of one, by two', of: '2 processes', over: '1 process', reach: 0.9, aim: 0.9 },
    { name: 'of one, by four', of: '4 processes', over: '1 process', reach: 0.7, aim: 0.9 },
  ],
};

export const scenarios: readonly Scenario[] = [
  spread,
  hot,
  soldOut,
  looking,
  throughGateway,
  overload,
  filling,
  replicas,
  wholeWay,
  gated,
];
