import { setTimeout as sleep } from 'node:timers/promises';
import { login, me } from '@guichet/contracts/auth';
import { eventually } from '@guichet/local-stack/e2e/eventually';
import { openSlot } from '@guichet/local-stack/e2e/organiser';
import { startWorld, type World } from '@guichet/local-stack/e2e/world';
import { type Loki, lokiAt } from '../watchers/loki.ts';
import { type Prometheus, prometheusAt } from '../watchers/prometheus.ts';

export type Observed = {
  readonly prometheus: Prometheus;
  readonly loki: Loki;
  /** When all was well. */
  readonly wellFrom: Date;
  readonly wellTo: Date;
  /** A trace that a service said something in, after that. */
  readonly traceId: string;
  end(): Promise<void>;
};

/** A counter that is not there before its first time shows no increase by it: they must come twice. */
const rounds = 3;
/** Some scrapes. */
const apartMs = 5_000;

async function buy({ api, staff, guest }: World): Promise<void> {
  const slot = await openSlot(api, staff, { capacity: 10 });
  for (let round = 0; round < rounds; round += 1) {
    const placed = await guest.place(await guest.quote(slot));
    const { clientSecret } = await guest.beginCard(placed);
    await guest.confirm(clientSecret);
    await guest.until(placed, 'CONFIRMED');
    await guest.mails(placed.email, 1);
    await sleep(apartMs);
  }
}

/** Nobody says a word while all is well: a sign-in that is refused, and a moment without a database. */
async function goWrong({ api, staff, postgres, records }: World): Promise<string> {
  const before = records.length;
  const stranger = { email: 'nobody@example.com', password: 'not the password of anybody' };
  await api.call(login, { body: stranger }).catch(() => {});
  await postgres.stop();
  try {
    return await eventually(async () => {
      await api.call(me, staff).catch(() => {});
      const said = records.slice(before).find(({ traceId }) => traceId !== undefined);
      if (!said) throw new Error('Nobody has said anything in a trace.');
      return String(said.traceId);
    });
  } finally {
    await postgres.start();
  }
}

/** Until the collector has read what was said, and Loki has taken it. */
const arrived = (loki: Loki, traceId: string, since: Date): Promise<void> =>
  eventually(async () => {
    const lines = await loki.lines(`{service=~".+"} | trace_id = "${traceId}"`, since);
    if (lines.length === 0) throw new Error(`Loki has no line of trace ${traceId}.`);
  });

/** A whole stack with all that watches it, and purchases from the quote to the e-mail. */
export async function observePurchases(): Promise<Observed> {
  const world = await startWorld({ messages: 'rabbit', https: false, env: {}, observe: true });
  try {
    const { prometheus, loki } = world.stack.stack.observability ?? {};
    if (!prometheus || !loki) throw new Error('prometheus or loki is missing: put it on the PATH.');
    const watched = { prometheus: prometheusAt(prometheus), loki: lokiAt(loki) };
    const wellFrom = new Date();
    await buy(world);
    const wellTo = new Date();
    const traceId = await goWrong(world);
    await arrived(watched.loki, traceId, wellFrom);
    return { ...watched, wellFrom, wellTo, traceId, end: () => world.end() };
  } catch (error) {
    await world.end();
    throw error;
  }
}
