import { createServer } from 'node:http';
import Stripe from 'stripe';
import { listening } from '../listening.ts';
import { createStateFile } from '../state-file.ts';
import { type Account, accountFile, createAccount, forgetOldest, stripeId } from './account.ts';
import { type Resend, resendEvents } from './admin-routes.ts';
import { createApp } from './app.ts';
import { createWebhookSender } from './delivery/webhook-sender.ts';
import { createFaults, type Faults } from './faults.ts';
import { settle } from './payments/payment-intents.ts';
import type { Work } from './work.ts';

export type StripeFakeOptions = {
  /** 0, which is also the default, takes a free one. */
  port?: number;
  /** Where it listens; for nobody but this machine, unless it is told otherwise. */
  host?: string | undefined;
  /** Where browsers find it, for the page of 3-D Secure; its own address, where none is named. */
  publicUrl?: string | undefined;
  webhookUrl?: string | undefined;
  webhookSecrets?: readonly string[];
  secretKey?: string;
  publishableKey?: string;
  /** Where the state is kept; without it, it ends with the process. */
  stateFile?: string | undefined;
  retryDelaysMs?: readonly number[];
  /** Milliseconds since 1970, for tests that move the clock. */
  now?: () => number;
};

export type StripeFake = {
  url: string;
  port: number;
  secretKey: string;
  publishableKey: string;
  webhookSecrets: readonly string[];
  account: Account;
  faults: Faults;
  resend(asked?: Resend): Promise<number>;
  /** The real SDK, speaking to this stand-in. */
  sdk(config?: Stripe.StripeConfig): Stripe;
  close(): Promise<void>;
};

/** Stripe sends a failed event for three days; here the pauses add up to some ten minutes. */
const defaultRetryDelaysMs = [250, 1_000, 4_000, 15_000, 60_000, 120_000, 300_000];

/** A stand-in for Stripe over HTTP on loopback, with its state, its webhooks and faults on demand. */
export const startStripeFake = async (options: StripeFakeOptions = {}): Promise<StripeFake> => {
  const keys = {
    secretKey: options.secretKey ?? 'sk_test_guichet',
    publishableKey: options.publishableKey ?? 'pk_test_guichet',
  };
  const webhookSecrets = options.webhookSecrets ?? ['whsec_guichet'];
  const nowMs = options.now ?? Date.now;
  const now = () => Math.floor(nowMs() / 1_000);

  const file = createStateFile(options.stateFile, () => accountFile(account));
  const account: Account = createAccount(file.found as Parameters<typeof createAccount>[0]);
  const faults = createFaults();
  const webhooks = createWebhookSender(
    {
      url: options.webhookUrl,
      secrets: webhookSecrets,
      retryDelaysMs: options.retryDelaysMs ?? defaultRetryDelaysMs,
      timeoutMs: 10_000,
    },
    faults,
    file.changed,
  );

  const timers = new Set<NodeJS.Timeout>();
  let baseUrl = '';
  const workFor = (request: Stripe.Event.Request | null, settleAfterMs?: number): Work => ({
    account,
    now,
    baseUrl,
    ...(settleAfterMs === undefined ? {} : { settleAfterMs }),
    emit: (type, object) => {
      const event = {
        id: stripeId('evt'),
        object: 'event',
        api_version: Stripe.API_VERSION,
        created: now(),
        data: { object: structuredClone(object) },
        livemode: false,
        pending_webhooks: options.webhookUrl ? 1 : 0,
        request,
        type,
      } as unknown as Stripe.Event;
      const kept = { event, delivered: false, attempts: 0, givenUp: false };
      account.events.set(event.id, kept);
      forgetOldest(account);
      webhooks.enqueue(kept);
    },
    later: (ms, work) => {
      const timer = setTimeout(() => {
        timers.delete(timer);
        work(workFor(null));
        file.changed();
      }, ms);
      timers.add(timer);
    },
  });

  const app = createApp({ account, faults, keys, now, workFor, changed: file.changed, webhooks });
  const { url, port, close } = await listening(createServer(app), options.port, options.host);
  baseUrl = options.publicUrl?.replace(/\/$/, '') ?? url;

  // What the last process left half done.
  const undelivered = [...account.events.values()].filter(
    ({ delivered, givenUp }) => !delivered && !givenUp,
  );
  for (const intent of account.intents.values()) settle(workFor(null), intent);
  for (const kept of undelivered) webhooks.enqueue(kept);

  return {
    url,
    port,
    ...keys,
    webhookSecrets,
    account,
    faults,
    resend: (asked = {}) => resendEvents(account, webhooks, asked),
    sdk: (config = {}) =>
      new Stripe(keys.secretKey, { host: '127.0.0.1', port, protocol: 'http', ...config }),
    close: async () => {
      for (const timer of timers) clearTimeout(timer);
      await close();
      await webhooks.close();
      await file.close();
    },
  };
};
