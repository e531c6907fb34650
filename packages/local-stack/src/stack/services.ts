import { createHash } from 'node:crypto';
import { catalogue } from '@guichet/cdk8s/catalogue';
import { memoryCaps } from '@guichet/cdk8s/src/memory';
import type { Backing } from './backing.ts';
import { managementOffset, type Ports } from './ports.ts';
import type { Secrets } from './secrets.ts';

export const serviceNames = [
  'identity',
  'catalog',
  'reservation',
  'waiting-room',
  'payment',
  'notification',
  'prescaler',
  'web',
  'gateway',
] as const;
export type ServiceName = (typeof serviceNames)[number];

/** Those whose tables are in PostgreSQL, each in a database of its own. */
export const migrated = ['identity', 'reservation', 'waiting-room', 'notification'] as const;

export type Environment = Record<string, string>;
type Tls = { readonly certFile: string; readonly keyFile: string };

export type StackPlan = {
  readonly ports: Ports;
  readonly secrets: Secrets;
  readonly backing: Backing;
  readonly databases: Record<string, string>;
  readonly messagesUrl: string;
  readonly publicUrl: string;
  readonly tls: Tls | undefined;
};

const at = (port: number) => `http://127.0.0.1:${port}`;
const hash = (secret: string) => createHash('sha256').update(secret).digest('hex');
const listOf = (ports: Ports, offset = 0) =>
  serviceNames.map((name) => `${name}=${at(ports[name] + offset)}`).join(',');

/** The broker, or where there is none a database of the messages' own. */
export const messagesUrlOf = ({ messages }: Backing, databases: Record<string, string>): string =>
  messages.provider.startsWith('pg-boss') ? (databases.messages ?? '') : messages.url;

/** What every service is told; a variable of the same name in our own environment wins. */
function sharedBy(
  name: ServiceName,
  { ports, databases, messagesUrl, publicUrl }: StackPlan,
): Environment {
  return {
    OTEL_SERVICE_NAME: name,
    PORT: String(ports[name]),
    MANAGEMENT_PORT: String(ports[name] + managementOffset),
    // Nobody watches endpoints here, so there is nobody to wait for.
    DRAIN_MS: '0',
    GRACE_MS: '15000',
    ISSUER_URL: publicUrl,
    PUBLIC_URL: publicUrl,
    JWKS_URL: `${at(ports.identity)}/.well-known/jwks.json`,
    TOKEN_URL: `${at(ports.identity)}/api/auth/token`,
    SERVICES: listOf(ports),
    MESSAGES_URL: messagesUrl,
    ...(databases[name] ? { DATABASE_URL: databases[name] } : {}),
  };
}

/** Stripe's keys from our environment switch the stand-in off; so do a mail provider's settings. */
export const usesRealStripe = () => Boolean(process.env.STRIPE_SECRET_KEY);
export const usesRealMail = () => Boolean(process.env.MAIL_PROVIDER);

const own: Record<ServiceName, (plan: StackPlan) => Environment> = {
  identity: ({ secrets }) => ({
    SEALING_KEY: secrets.identitySealingKey,
    SERVICE_CLIENTS: [
      `gateway:${hash(secrets.gatewayClientSecret)}`,
      `reservation:${hash(secrets.reservationClientSecret)}`,
      `waiting-room:${hash(secrets.waitingRoomClientSecret)}`,
      `payment:${hash(secrets.paymentClientSecret)}`,
      `notification:${hash(secrets.notificationClientSecret)}`,
      `prescaler:${hash(secrets.prescalerClientSecret)}`,
    ].join(','),
  }),
  catalog: ({ secrets, backing }) => ({
    SEALING_KEY: secrets.catalogSealingKey,
    MONGO_URL: backing.mongo.url,
  }),
  reservation: ({ secrets }) => ({
    SEALING_KEY: secrets.reservationSealingKey,
    MANAGE_TOKEN_KEYS: `1:${secrets.manageTokenKey}`,
    SERVICE_CLIENT_ID: 'reservation',
    SERVICE_CLIENT_SECRET: secrets.reservationClientSecret,
  }),
  'waiting-room': ({ secrets, backing }) => ({
    SEALING_KEY: secrets.waitingRoomSealingKey,
    LINE_TOKEN_KEYS: `1:${secrets.lineTokenKey}`,
    SERVICE_CLIENT_ID: 'waiting-room',
    SERVICE_CLIENT_SECRET: secrets.waitingRoomClientSecret,
    ...(backing.valkey.url ? { VALKEY_URL: backing.valkey.url } : {}),
  }),
  payment: ({ secrets, ports, backing }) => ({
    MONGO_URL: backing.mongo.url,
    SERVICE_CLIENT_ID: 'payment',
    SERVICE_CLIENT_SECRET: secrets.paymentClientSecret,
    ...(usesRealStripe()
      ? {}
      : {
          STRIPE_API_URL: at(ports.stripe),
          STRIPE_SECRET_KEY: secrets.stripeSecretKey,
          STRIPE_PUBLISHABLE_KEY: secrets.stripePublishableKey,
          STRIPE_WEBHOOK_SECRETS: secrets.stripeWebhookSecret,
        }),
  }),
  notification: ({ ports }) =>
    usesRealMail()
      ? {}
      : {
          MAIL_PROVIDER: 'resend',
          MAIL_FROM: 'Guichet <tickets@guichet.example>',
          RESEND_API_KEY: 're_local',
          RESEND_BASE_URL: at(ports.inbox),
        },
  // Nobody scales on a machine of one's own: it plans.
  prescaler: ({ secrets }) => ({
    SERVICE_CLIENT_ID: 'prescaler',
    SERVICE_CLIENT_SECRET: secrets.prescalerClientSecret,
  }),
  web: ({ ports }) => (usesRealStripe() ? {} : { STRIPE_JS_URL: `${at(ports.stripe)}/v3/` }),
  gateway: ({ ports, secrets, tls, backing }) => ({
    MANAGEMENT: listOf(ports, managementOffset),
    LINE_TOKEN_KEYS: `1:${secrets.lineTokenKey}`,
    SERVICE_CLIENT_ID: 'gateway',
    SERVICE_CLIENT_SECRET: secrets.gatewayClientSecret,
    ...(backing.valkey.url ? { VALKEY_URL: backing.valkey.url } : {}),
    ...(tls ? { TLS_CERT_FILE: tls.certFile, TLS_KEY_FILE: tls.keyFile } : {}),
  }),
};

/** The caps that its pod would have; what we were told ourselves comes later, so that it wins. */
function capsOf(name: ServiceName): Environment {
  const { NODE_OPTIONS, ...others } = memoryCaps(catalogue[name].resources.memoryLimitMi);
  const told = process.env.NODE_OPTIONS;
  return { ...others, NODE_OPTIONS: told ? `${NODE_OPTIONS} ${told}` : NODE_OPTIONS };
}

export const environmentOf = (name: ServiceName, plan: StackPlan): Environment => ({
  ...capsOf(name),
  ...sharedBy(name, plan),
  ...own[name](plan),
});
