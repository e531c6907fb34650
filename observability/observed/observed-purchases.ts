import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { login, me } from '@guichet/contracts/auth';
import { eventually } from '@guichet/local-stack/e2e/eventually';
import { openSlot } from '@guichet/local-stack/e2e/organiser';
import { startWorld, type World } from '@guichet/local-stack/e2e/world';
import { freePorts } from '@guichet/local-stack/providers/ports';
import { sendLines, startLoki } from './loki.ts';
import { startPrometheus } from './prometheus.ts';

export type Observed = {
  readonly prometheus: string;
  readonly loki: string;
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

/** Every line of the services, as they write it. */
function listen({ stack }: World): string[] {
  const lines: string[] = [];
  for (const { process } of stack.processes.values()) {
    if (!process.stdout) continue;
    createInterface({ input: process.stdout }).on('line', (line) => void lines.push(line));
  }
  return lines;
}

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
async function goWrong({ api, staff, postgres }: World, lines: readonly string[]): Promise<string> {
  const stranger = { email: 'nobody@example.com', password: 'not the password of anybody' };
  await api.call(login, { body: stranger }).catch(() => {});
  await postgres.stop();
  try {
    return await eventually(async () => {
      await api.call(me, staff).catch(() => {});
      const said = lines.map((line) => /"traceId":"(\w+)"/.exec(line)?.[1]);
      const traceId = said.findLast((found) => found !== undefined);
      if (!traceId) throw new Error('Nobody has said anything in a trace.');
      return traceId;
    });
  } finally {
    await postgres.start();
  }
}

/** A whole stack that Prometheus and Loki look at, and purchases from the quote to the e-mail. */
export async function observePurchases(): Promise<Observed> {
  const folder = mkdtempSync(join(tmpdir(), 'guichet-observed-'));
  const ending: (() => Promise<void>)[] = [async () => rmSync(folder, { recursive: true })];
  const end = async () => {
    for (const each of ending.toReversed()) await each();
  };
  try {
    const world = await startWorld({ messages: 'rabbit', https: false, env: {} });
    ending.push(() => world.end());
    const lines = listen(world);
    const port = await freePorts(3);
    const { management } = world.stack.stack;
    const prometheus = await startPrometheus({ port, folder, management });
    ending.push(() => prometheus.stop());
    const loki = await startLoki({ port: port + 1, folder });
    ending.push(() => loki.stop());

    const wellFrom = new Date();
    await buy(world);
    const wellTo = new Date();
    const traceId = await goWrong(world, lines);
    await sendLines(loki.url, lines);
    return { prometheus: prometheus.url, loki: loki.url, wellFrom, wellTo, traceId, end };
  } catch (error) {
    await end();
    throw error;
  }
}
