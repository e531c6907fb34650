import { setTimeout as sleep } from 'node:timers/promises';
import { createPool } from '@guichet/postgres/pool';
import type { Lab } from './lab.ts';

const pauseMs = 100;
/** RabbitMQ counts its queues anew every five seconds: what it says is of then. */
const countedAnewMs = 5_500;
const patienceMs = 120_000;
/** Where facts are kept that nobody listens for: it waits for nothing. */
const keptForGood = 'guichet.unrouted';

/** What must have come out at the end, besides that nothing is on its way any more. */
export type Expected = { readonly confirmed: number; readonly mails: number };

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

  /** By queue. */
  async function queued(): Promise<(readonly [string, number])[]> {
    const { username, password, hostname, port } = new URL(lab.rabbitUrl);
    const said = await fetch(
      `http://${hostname}:${Number(port) + 1}/api/queues?columns=name,messages`,
      { headers: { authorization: `Basic ${btoa(`${username}:${password}`)}` } },
    );
    const queues = (await said.json()) as { name: string; messages?: number }[];
    return queues
      .filter(({ name }) => name !== keptForGood)
      .map(({ name, messages = 0 }) => [`messages in ${name}`, messages] as const);
  }

  const mailsSent = () => count('notification', `notifications where state = 'sent'`);

  /** What is missing or on its way, in words; nothing where all is done. */
  async function missing({ confirmed, mails }: Expected): Promise<string[]> {
    const left: (readonly [string, number])[] = await Promise.all([
      count('reservation', `bookings where status = 'CONFIRMED'`).then(
        (done) => ['bookings to confirm', confirmed - done] as const,
      ),
      mailsSent().then((sent) => ['e-mails to send', mails - sent] as const),
      ...owners.map(async (name) => [`facts of ${name}`, await count(name, 'outbox')] as const),
      ...['payment', 'catalog'].map(
        async (name) => [`seconds that a fact of ${name} waits`, await ageOf(name)] as const,
      ),
    ]);
    left.push(...(await queued()));
    return left.flatMap(([what, how]) => (how === 0 ? [] : [`${how} ${what}`]));
  }

  async function untilQuiet(expected: Expected): Promise<void> {
    const until = Date.now() + patienceMs;
    for (;;) {
      const left = await missing(expected);
      if (left.length === 0) return;
      if (Date.now() > until) throw new Error(`There are still ${left.join(', ')}.`);
      await sleep(pauseMs);
    }
  }

  return {
    mailsSent,
    /** Resolves when all is done, as far as is known. */
    untilQuiet,
    /** Resolves when all is done, and RabbitMQ has counted since. */
    async untilDone(expected: Expected): Promise<void> {
      await untilQuiet(expected);
      await sleep(countedAnewMs);
      await untilQuiet(expected);
    },
    close: () => Promise.all([...pools.values()].map((pool) => pool.end())),
  };
}
