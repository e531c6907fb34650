import { setTimeout as sleep } from 'node:timers/promises';
import { createPool } from '@guichet/postgres/pool';
import type { Lab } from './lab.ts';

const pauseMs = 250;
/** RabbitMQ counts its queues anew every five seconds: what it says is of then. */
const countedAnewMs = 5_500;
const patienceMs = 120_000;
/** Where facts are kept that nobody listens for: it waits for nothing. */
const keptForGood = 'guichet.unrouted';

/** What must have come out at the end, besides that nothing is on its way any more. */
export type Expected = { readonly confirmed: number; readonly mails: number };

/** What may be left, and how much of it is. */
type Left = readonly [what: string, how: number];

/** Looks at every place where something may wait. */
export function createDrain(lab: Lab) {
  const owners = ['identity', 'reservation'];
  const pools = new Map(
    [...owners, 'notification'].map((service) => {
      const url = lab.databaseOf(service);
      return [service, createPool({ url, applicationName: 'bench', max: 1 })] as const;
    }),
  );
  const count = async (service: string, what: string): Promise<number> => {
    const { rows } = await (pools
      .get(service)
      ?.query(`select count(*)::integer as n from ${what}`) ??
      Promise.reject(new Error(`${service} has no database.`)));
    return rows[0].n;
  };

  /** The outboxes of those who keep their documents in MongoDB, as they say themselves. */
  async function ageOf(service: string): Promise<number> {
    const said = await fetch(new URL('/metrics', lab.stack.management[service]));
    const [, age] = /^guichet_outbox_age_seconds\S* (\S+)$/m.exec(await said.text()) ?? [];
    if (age === undefined) throw new Error(`${service} does not say how old its outbox is.`);
    return Number(age);
  }

  /** In the first queue that has any. */
  async function queued(): Promise<Left> {
    const { username, password, hostname, port } = new URL(lab.rabbitUrl);
    const said = await fetch(
      `http://${hostname}:${Number(port) + 1}/api/queues?columns=name,messages`,
      { headers: { authorization: `Basic ${btoa(`${username}:${password}`)}` } },
    );
    const queues = (await said.json()) as { name: string; messages?: number }[];
    const waiting = queues.find(({ name, messages = 0 }) => name !== keptForGood && messages > 0);
    return [`messages in ${waiting?.name}`, waiting?.messages ?? 0];
  }

  const mailsSent = () => count('notification', `notifications where state = 'sent'`);

  /**
   * Whatever may be missing or on its way, the last to come first: looking costs those who are
   * measured, so each is asked only when all before it have nothing.
   */
  const places = ({ confirmed, mails }: Expected): readonly (() => Promise<Left>)[] => [
    async () => ['e-mails to send', mails - (await mailsSent())],
    async () => [
      'bookings to confirm',
      confirmed - (await count('reservation', `bookings where status = 'CONFIRMED'`)),
    ],
    ...owners.map(
      (name) => async (): Promise<Left> => [`facts of ${name}`, await count(name, 'outbox')],
    ),
    ...['payment', 'catalog'].map(
      (name) => async (): Promise<Left> => [
        `seconds that a fact of ${name} waits`,
        await ageOf(name),
      ],
    ),
    queued,
  ];

  /** What is missing or on its way, in words; undefined where all is done. */
  async function missing(expected: Expected): Promise<string | undefined> {
    for (const look of places(expected)) {
      const [what, how] = await look();
      if (how !== 0) return `${how} ${what}`;
    }
    return undefined;
  }

  async function untilQuiet(expected: Expected): Promise<void> {
    const until = Date.now() + patienceMs;
    for (;;) {
      const left = await missing(expected);
      if (left === undefined) return;
      if (Date.now() > until) throw new Error(`There are still ${left}.`);
      await sleep(pauseMs);
    }
  }

  return {
    mailsSent,
    /** Resolves when all is done, as far as is known. */
    untilQuiet,
    /** The same once RabbitMQ has counted again, which may see what it had not. */
    async untilCounted(expected: Expected): Promise<void> {
      await sleep(countedAnewMs);
      await untilQuiet(expected);
    },
    close: () => Promise.all([...pools.values()].map((pool) => pool.end())),
  };
}
