import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { settings as catalog } from '../../../services/catalog/src/config.ts';
import { settings as gateway } from '../../../services/gateway/src/config.ts';
import { settings as identity } from '../../../services/identity/src/config.ts';
import { settings as notification } from '../../../services/notification/src/config.ts';
import { settings as payment } from '../../../services/payment/src/config.ts';
import { settings as prescaler } from '../../../services/prescaler/src/config.ts';
import { settings as reservation } from '../../../services/reservation/src/config.ts';
import { settings as waitingRoom } from '../../../services/waiting-room/src/config.ts';
import { ofKind, profiles, secretOf, set, values } from './backing-charts-test.ts';
import { render } from './helm.ts';

const own: Record<string, z.ZodObject> = {
  identity,
  catalog,
  reservation,
  'waiting-room': waitingRoom,
  payment,
  notification,
  prescaler,
  gateway,
};
const camel = (name: string) =>
  name.toLowerCase().replace(/_(.)/g, (_all, letter: string) => letter.toUpperCase());

describe('the Secrets', () => {
  test.each(profiles.slice(1))(
    '%s: each service takes its own as settings',
    async (_name, args) => {
      const objects = await render(...args);
      for (const [service, settings] of Object.entries(own)) {
        for (const [key, text] of Object.entries(secretOf(objects, `guichet-${service}`))) {
          const setting = settings.shape[camel(key)] as z.ZodType | undefined;
          // notification calls nobody, and identity knows it.
          if (!setting && key === 'SERVICE_CLIENT_SECRET') continue;
          expect(setting?.safeParse(text), `${service} ${key}`).toMatchObject({ success: true });
        }
      }
    },
  );

  test('one render tells server and services the same passwords', async () => {
    const objects = await render(...values('kind'));
    const of = (service: string) => secretOf(objects, `guichet-${service}`);
    const postgres = of('postgres');
    for (const service of ['identity', 'reservation', 'waiting-room', 'notification']) {
      const role = `guichet_${service.replace('-', '_')}`;
      expect(of(service).DATABASE_URL).toBe(
        `postgres://${role}:${postgres[role]}@guichet-postgres:5432/${role}`,
      );
    }
    expect(of('payment').MONGO_URL).toBe(
      `mongodb://payment:${of('mongo').payment}@guichet-mongo:27017/payment`,
    );
    expect(of('catalog').MESSAGES_URL).toBe(
      `amqp://guichet:${of('rabbitmq').password}@guichet-rabbitmq:5672/guichet`,
    );
    expect(JSON.parse(of('rabbitmq')['definitions.json'] ?? '').users).toEqual([
      { name: 'guichet', password: of('rabbitmq').password, tags: '' },
    ]);
    expect(of('gateway').VALKEY_URL).toContain(`:${of('valkey').password}@guichet-valkey:6379`);
    expect(of('payment').STRIPE_WEBHOOK_SECRETS).toBe(of('stand-ins').WEBHOOK_SECRET);

    const hash = (secret = '') => createHash('sha256').update(secret).digest('hex');
    expect(of('gateway').LINE_TOKEN_KEYS).toBe(of('waiting-room').LINE_TOKEN_KEYS);

    const clients = [
      ...['gateway', 'notification', 'payment', 'prescaler', 'reservation', 'waiting-room'],
    ];
    expect(of('identity').SERVICE_CLIENTS).toBe(
      clients.map((name) => `${name}:${hash(of(name).SERVICE_CLIENT_SECRET)}`).join(','),
    );
  });

  test('two renders have no password in common, and each is long', async () => {
    const [one, other] = [await render(), await render()];
    for (const server of ['postgres', 'mongo', 'rabbitmq', 'valkey', 's3']) {
      const [first, second] = [one, other].map((objects) => secretOf(objects, `guichet-${server}`));
      for (const [key, password] of Object.entries(first ?? {})) {
        expect(password, key).not.toBe(second?.[key]);
        expect(password.length, key).toBeGreaterThanOrEqual(32);
      }
    }
  });

  test('are kept when the release goes, and not made where something else makes them', async () => {
    for (const { metadata } of ofKind(await render(), 'Secret')) {
      expect(metadata.annotations).toEqual({ 'helm.sh/resource-policy': 'keep' });
    }
    expect(ofKind(await render(...set('secrets.create=false')), 'Secret')).toEqual([]);
  });

  test('a changed password or setting restarts the server that reads it, and no other', async () => {
    const checksums = async (...args: string[]) =>
      Object.fromEntries(
        ofKind(await render(...set('secrets.create=false'), ...args), 'StatefulSet').map(
          ({ metadata, spec }) => [metadata.name, spec.template.metadata.annotations],
        ),
      );
    const before = await checksums();
    const after = await checksums(...set('servers.postgres.settings.shared_buffers=64MB'));
    expect(after['guichet-postgres']).not.toEqual(before['guichet-postgres']);
    expect({ ...after, 'guichet-postgres': 0 }).toEqual({ ...before, 'guichet-postgres': 0 });
  });

  test('a server is marked with the very Secret that is made beside it', async () => {
    const objects = await render();
    for (const { metadata, spec } of ofKind(objects, 'StatefulSet')) {
      const data = Object.entries(secretOf(objects, metadata.name)).sort();
      const sum = createHash('sha256').update(JSON.stringify(Object.fromEntries(data)));
      expect(spec.template.metadata.annotations, metadata.name).toHaveProperty(
        ['checksum/secret'],
        sum.digest('hex'),
      );
    }
  });
});
