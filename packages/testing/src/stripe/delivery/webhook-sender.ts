import { setTimeout as sleep } from 'node:timers/promises';
import Stripe from 'stripe';
import type { KeptEvent } from '../account.ts';
import type { Faults } from '../faults.ts';

export type WebhookSettings = {
  /** Where events go; none are sent without it. */
  url: string | undefined;
  /** More than one while the secret is being rotated: each adds a `v1` to the signature. */
  secrets: readonly string[];
  /** Stripe's own back-off lasts three days; this one fits into a test or an evening. */
  retryDelaysMs: readonly number[];
  timeoutMs: number;
};

export type WebhookSender = {
  enqueue(kept: KeptEvent): void;
  /** Sends again now, whatever the faults say. Resolves when each was tried once. */
  resend(kept: readonly KeptEvent[]): Promise<void>;
  close(): Promise<void>;
};

/** The `Stripe-Signature` of a payload: https://docs.stripe.com/webhooks/signature */
export const signPayload = (payload: string, secrets: readonly string[], now: Date): string => {
  const timestamp = Math.floor(now.getTime() / 1_000);
  const signatures = secrets.map(
    (secret) =>
      Stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp }).split(',')[1],
  );
  return [`t=${timestamp}`, ...signatures].join(',');
};

/** The object that an event tells of. */
const aboutOf = ({ event }: KeptEvent): string => (event.data.object as { id: string }).id;

const tryOnce = async (kept: KeptEvent, settings: WebhookSettings, signal: AbortSignal) => {
  const { url, secrets, timeoutMs } = settings;
  const payload = JSON.stringify(kept.event, null, 2);
  kept.attempts += 1;
  try {
    const answer = await fetch(url ?? '', {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json; charset=utf-8',
        'Stripe-Signature': signPayload(payload, secrets, new Date()),
        'User-Agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
      },
      body: payload,
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    });
    await answer.arrayBuffer();
    if (answer.ok) {
      kept.delivered = true;
      kept.event.pending_webhooks = 0;
    }
  } catch {
    // Refused, reset or too late: to Stripe all of these are a delivery that failed.
  }
};

export const createWebhookSender = (
  settings: WebhookSettings,
  faults: Faults,
  changed: () => void,
): WebhookSender => {
  const ending = new AbortController();
  const { signal } = ending;
  const underWay = new Set<Promise<void>>();
  let heldBack: KeptEvent[] = [];

  const run = (work: Promise<void>): void => {
    const tracked = work.catch(() => {}).finally(() => underWay.delete(tracked));
    underWay.add(tracked);
  };

  const deliver = async (kept: KeptEvent): Promise<void> => {
    for (const delayMs of [0, ...settings.retryDelaysMs]) {
      await sleep(delayMs, undefined, { signal });
      if (kept.delivered) return;
      await tryOnce(kept, settings, signal);
      if (kept.delivered) break;
    }
    kept.givenUp = !kept.delivered && !signal.aborted;
    changed();
  };

  /** Whatever is recorded within the time is sent at its end, newest first. */
  const holdBack = (kept: KeptEvent, ms: number): void => {
    heldBack.unshift(kept);
    if (heldBack.length > 1) return;
    run(
      sleep(ms, undefined, { signal }).then(async () => {
        const events = heldBack;
        heldBack = [];
        for (const event of events) {
          await tryOnce(event, settings, signal);
          if (!event.delivered) run(deliver(event));
        }
        changed();
      }),
    );
  };

  const send = async (kept: KeptEvent): Promise<void> => {
    const { type } = kept.event;
    const about = aboutOf(kept);
    const delay = faults.take('webhook_delay', type, about);
    if (delay) await sleep(delay.ms, undefined, { signal });
    const reorder = faults.take('webhook_reorder', type, about);
    if (reorder) return holdBack(kept, reorder.ms);

    const copies = faults.take('webhook_duplicate', type, about)?.copies ?? 1;
    const further = Array.from({ length: copies - 1 }, () => tryOnce(kept, settings, signal));
    await Promise.all([deliver(kept), ...further]);
  };

  return {
    enqueue: (kept) => {
      if (!settings.url) return;
      if (faults.take('webhook_drop', kept.event.type, aboutOf(kept))) {
        kept.givenUp = true;
        return;
      }
      run(send(kept));
    },
    resend: async (events) => {
      for (const kept of events) await tryOnce(kept, settings, signal);
      changed();
    },
    close: async () => {
      ending.abort();
      await Promise.all(underWay);
    },
  };
};
