import { type DemoAccounts, demoAccounts } from '../demo/accounts.ts';
import type { Observing } from '../observe/start-observing.ts';
import type { Provided } from '../providers/provider.ts';
import type { Backing } from './backing.ts';
import { managementOffset } from './ports.ts';
import { type StackPlan, serviceNames, usesRealStripe } from './services.ts';

/** What `stack.json` says: where everything is, for tests and tools. */
export type Stack = {
  gateway: string;
  stripe: { api: string; publishableKey: string };
  inbox: string;
  management: Record<string, string>;
  backing: Record<keyof Backing, { provider: string; url: string }>;
  accounts: DemoAccounts;
  /** Where what watches it is, as far as it runs. */
  observability?: Observing['urls'];
  /** Where the certificate is that the gateway shows, when it speaks TLS. */
  certificate?: string;
};

const whereIs = ({ provider, url }: Provided) => ({ provider, url });
export const at = (port: number) => `http://127.0.0.1:${port}`;

export const describeStack = (
  { ports, secrets, backing, messagesUrl, publicUrl, tls }: StackPlan,
  observing: Observing | undefined,
): Stack => ({
  gateway: publicUrl,
  stripe: {
    api: usesRealStripe() ? 'https://api.stripe.com' : at(ports.stripe),
    publishableKey: process.env.STRIPE_PUBLISHABLE_KEY ?? secrets.stripePublishableKey,
  },
  inbox: at(ports.inbox),
  management: Object.fromEntries(
    serviceNames.map((name) => [name, at(ports[name] + managementOffset)]),
  ),
  backing: {
    postgres: whereIs(backing.postgres),
    mongo: whereIs(backing.mongo),
    messages: { ...whereIs(backing.messages), url: messagesUrl },
    valkey: whereIs(backing.valkey),
  },
  accounts: demoAccounts(secrets),
  ...(observing ? { observability: observing.urls } : {}),
  ...(tls ? { certificate: tls.certFile } : {}),
});
