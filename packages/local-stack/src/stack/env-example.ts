import { join } from 'node:path';
import { environmentName } from '@guichet/config/given';
import { common, isLive, isSecret, serviceAccount } from '@guichet/config/setting';
import { z } from 'zod';
import { serviceNames } from './services.ts';

const services = join(import.meta.dirname, '../../../../services');

/** What `make start` itself reads. */
const ownSettings: [name: string, value: string, reason: string][] = [
  ['GUICHET_PORT_BASE', '8080', 'The gateway’s port; the other ports follow it.'],
  ['HTTPS', '', '1 serves TLS with a certificate made for this machine.'],
  [
    'OBSERVE',
    '',
    '1 starts Prometheus and its like too, where their programs or Docker are there.',
  ],
  ['DRILL', '', '1 gives it the alerts’ short windows of a game day.'],
  [
    'POSTGRES_URL',
    '',
    'A PostgreSQL server of yours, 15 or later; its user must be able to make databases.',
  ],
  ['MONGO_URL', '', 'A MongoDB of yours.'],
  ['RABBITMQ_URL', '', 'A RabbitMQ of yours, 3.10 or later.'],
  ['VALKEY_URL', '', 'A Valkey of yours, or a Redis, 6.2 or later.'],
];

/** Made by `make start` for each service, so of no use in `.env`. */
const given = new Set([
  ...['PORT', 'MANAGEMENT_PORT', 'DRAIN_MS', 'GRACE_MS', 'ISSUER_URL', 'JWKS_URL', 'SERVICES'],
  ...['TOKEN_URL', 'SERVICE_CLIENT_ID', 'SERVICE_CLIENT_SECRET', 'DATABASE_URL', 'MESSAGES_URL'],
  ...['PUBLIC_URL', 'SEALING_KEY', 'SERVICE_CLIENTS', 'MANAGE_TOKEN_KEYS', 'MANAGEMENT'],
  'VALKEY_URL',
]);

const paragraph = (title: string, lines: string[]) => [`# ---- ${title}`, ...lines, ''].join('\n');

const line = (name: string, value: string, reason: string) => `# ${reason}\n#${name}=${value}`;

function lineOf(key: string, schema: z.ZodType): string {
  const name = environmentName(key);
  const reason = `${schema.description ?? ''}${isLive(schema) ? ' Live where it is a file.' : ''}`;
  if (given.has(name)) return `# ${reason} Made by make start.\n#${name}=`;
  const value = schema instanceof z.ZodDefault ? schema.def.defaultValue : '';
  return line(name, isSecret(schema) ? '' : String(value), reason);
}

const linesOf = (shape: Record<string, z.ZodType>, but: object = {}) =>
  Object.entries(shape)
    .filter(([key]) => !(key in but))
    .map(([key, schema]) => lineOf(key, schema));

/** `.env.example`: every setting there is, with its default and the reason for it. */
export async function envExample(): Promise<string> {
  const everyService = { ...common, ...serviceAccount };
  const parts = [
    '# Copy to .env and uncomment what you want to change; make start reads it.\n',
    paragraph(
      'make start',
      ownSettings.map((own) => line(...own)),
    ),
    paragraph('every service', linesOf(everyService)),
  ];
  for (const name of serviceNames) {
    const { settings } = (await import(join(services, name, 'src/config.ts'))) as {
      settings: z.ZodObject<Record<string, z.ZodType>>;
    };
    parts.push(paragraph(name, linesOf(settings.shape, everyService)));
  }
  return parts.join('\n');
}
