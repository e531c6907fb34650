import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Alert } from '../watchers/alertmanager.ts';
import type { Watchers } from '../watchers/reach.ts';
import type { WatchedStack } from '../watchers/read-stack.ts';
import { until } from '../watchers/until.ts';
import type { Fault } from './fault.ts';
import type { Ground } from './ground.ts';
import { patienceMs } from './patience.ts';
import type { Transcript } from './transcript.ts';
import { startTrickle } from './trickle.ts';

const runbooks = join(import.meta.dirname, '../../docs/runbooks');

export type GameDay = {
  readonly fault: Fault;
  readonly stack: WatchedStack;
  readonly ground: Ground;
  readonly watchers: Watchers;
  readonly transcript: Transcript;
  /** Tells what is no part of the transcript. */
  say(line: string): void;
  /** Whoever started it has had enough. */
  readonly asked: AbortSignal;
};

const minutes = (ms: number) => `${Math.ceil(ms / 60_000)} min`;
const seconds = (from: number) => `${Math.round((performance.now() - from) / 1_000)} s`;

const firing = async ({ watchers, fault }: GameDay): Promise<Alert | undefined> =>
  (await watchers.alertmanager.firing()).find(({ labels }) => labels.alertname === fault.alert);

/** How long to wait at most, by the rules that are loaded: those of a drill, or those that page. */
async function patienceOf({ watchers, fault }: GameDay): Promise<number> {
  const rules = (await watchers.prometheus.alertRules()).filter(({ name }) => name === fault.alert);
  if (rules.length > 0) return patienceMs(rules, fault.slackMs);
  throw new Error(`Prometheus has no rule ${fault.alert}: load the chart’s rules first`);
}

/** The page that the alert leads to. */
function runbookOf({ annotations }: Alert): string {
  const file = join(runbooks, basename(annotations.runbook_url ?? 'none'));
  if (existsSync(file)) return readFileSync(file, 'utf8');
  throw new Error(`its runbook ${annotations.runbook_url} is not in docs/runbooks`);
}

/** Takes back whatever was done, the last first, each whatever becomes of the others. */
async function takeBack(undone: (() => Promise<unknown>)[], { note }: Transcript): Promise<void> {
  const failures: unknown[] = [];
  for (const revert of undone.reverse()) await revert().catch((error) => failures.push(error));
  if (failures.length === 0) return note('It is reverted.');
  throw new Error(
    `Not all is as it was: ${failures.map((one) => (one as Error).message).join(', ')}`,
  );
}

async function raise(day: GameDay, withinMs: number): Promise<void> {
  const { fault, transcript, say, asked } = day;
  const injectedAt = performance.now();
  const alert = await until(
    withinMs,
    async () => {
      const found = await firing(day);
      if (found) return found;
      throw new Error(`${fault.alert} is not at Alertmanager after ${seconds(injectedAt)}`);
    },
    asked,
  );
  transcript.note(`${fault.alert} fires, ${seconds(injectedAt)} after it began.`);
  transcript.note(`  ${alert.annotations.summary ?? ''}`);
  const runbook = runbookOf(alert);
  transcript.note(`  It leads to docs/runbooks/${basename(alert.annotations.runbook_url ?? '')}.`);
  say(`\n${runbook.trim()}\n`);
}

async function resolve(day: GameDay, withinMs: number): Promise<void> {
  const { fault, transcript, asked } = day;
  const revertedAt = performance.now();
  await until(
    withinMs,
    async () => {
      if (await firing(day)) {
        throw new Error(`${fault.alert} still fires ${seconds(revertedAt)} after all was reverted`);
      }
    },
    asked,
  );
  transcript.note(`${fault.alert} is resolved, ${seconds(revertedAt)} later.`);
}

/** Injects the fault, waits for its alert, reverts, waits for the end of it; throws what did not happen. */
export async function play(day: GameDay): Promise<void> {
  const { fault, stack, ground, transcript, asked } = day;
  const withinMs = await patienceOf(day);
  if (await firing(day)) throw new Error(`${fault.alert} fires already: mend that first`);
  transcript.note(`Nothing is wrong: ${fault.alert} does not fire.`);
  const undone: (() => Promise<unknown>)[] = [];
  try {
    if (fault.load) {
      const trickle = await startTrickle(stack, fault.load);
      undone.push(async () => {
        await trickle.stop();
        transcript.note(`${trickle.told()}.`);
      });
      transcript.note(`Buyers come: one of ${fault.load.of} every ${fault.load.everyMs} ms.`);
    }
    asked.throwIfAborted();
    await fault.inject(ground, (revert) => undone.push(revert));
    transcript.note(`${fault.does}. Waiting for ${fault.alert}, ${minutes(withinMs)} at most.`);
    await raise(day, withinMs);
  } finally {
    await takeBack(undone, transcript);
  }
  await resolve(day, withinMs);
}
