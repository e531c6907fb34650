import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { publicOperations } from '@guichet/contracts/operations';
import { createConfigVolume } from '@guichet/testing/config-volume';
import { askManagement, onPort, startServiceProcess } from '@guichet/testing/service-process';
import { createVhost } from '@guichet/testing/vhost';
import { expect, onTestFinished, test, vi } from 'vitest';

const patience = { timeout: 30_000, interval: 100 };
const shop = 'https://shop.test';

/** Whatever it is asked, every service of this house says yes. */
async function startHouse(): Promise<string> {
  const server = createServer((req, res) => {
    req.resume().on('end', () => res.end('{}'));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return onPort((server.address() as AddressInfo).port);
}

/** The gateway as a cluster runs it: what is particular to it in its environment, limits in files. */
async function startGateway(limits: Record<string, string>) {
  const [house, vhost] = [await startHouse(), await createVhost()];
  onTestFinished(vhost.drop);
  const volume = createConfigVolume(limits);
  onTestFinished(volume.remove);
  const services = [...new Set(publicOperations.map(({ service }) => service))];
  const gateway = startServiceProcess(join(import.meta.dirname, 'main.ts'), {
    ...{ ISSUER_URL: 'https://guichet.test', PUBLIC_URL: 'https://guichet.test' },
    JWKS_URL: house,
    TOKEN_URL: house,
    SERVICE_CLIENT_ID: 'gateway',
    SERVICE_CLIENT_SECRET: 'a secret of this test',
    LINE_TOKEN_KEYS: `1:${Buffer.alloc(32).toString('base64')}`,
    WAITING_ROOM: 'off',
    MESSAGES_URL: vhost.url,
    SERVICES: services.map((name) => `${name}=${house}`).join(),
    MANAGEMENT: `identity=${house}`,
    KEPT_BODY_BYTES: '7',
    CONFIG_DIR: volume.folder,
  });
  const { port, managementPort } = await gateway.lineWith('is listening');
  const call = (path: string, init: RequestInit = {}) => fetch(onPort(port) + path, init);
  const config = async () => (await askManagement(managementPort, '/config'))[1];
  return { ...gateway, volume, call, config, managementPort };
}

test('limits and origins that change in the ConfigMap bite in the running gateway', async () => {
  const { volume, call, config, managementPort, log, lineWith } = await startGateway({
    REQUESTS_PER_SECOND: '1000',
  });
  const search = () => call('/api/offerings');
  const post = (bytes: number) =>
    call('/api/bookings', { method: 'POST', body: 'x'.repeat(bytes) });
  const allowed = async () =>
    (await call('/api/offerings', { headers: { origin: shop } })).headers.get(
      'access-control-allow-origin',
    );
  for (let nth = 0; nth < 20; nth += 1) expect((await search()).status).toBe(200);
  expect([(await post(2_000)).status, await allowed()]).toEqual([200, null]);

  volume.put({ REQUESTS_PER_SECOND: '1000', BODY_LIMIT_BYTES: '1000', CORS_ORIGINS: shop });
  await vi.waitFor(async () => expect(await allowed()).toBe(shop), patience);
  expect([(await post(2_000)).status, (await post(1_000)).status]).toEqual([413, 200]);

  // What was taken under the old limit counts under the new one.
  volume.put({ REQUESTS_PER_SECOND: '1' });
  await vi.waitFor(async () => expect((await search()).status).toBe(429), patience);
  expect(await config()).toMatchObject({
    REQUESTS_PER_SECOND: { value: 1, source: 'file', live: true },
    BODY_LIMIT_BYTES: { value: 65_536, source: 'default', live: true },
    KEPT_BODY_BYTES: { value: 7, live: false, note: expect.stringContaining('environment wins') },
    BREAKER_FAILURES: { value: 5, source: 'default', live: false },
    MESSAGES_URL: { value: '[set]', live: false },
  });

  volume.put({ REQUESTS_PER_SECOND: 'many', BREAKER_FAILURES: '9' });
  await lineWith('BREAKER_FAILURES has changed; it takes effect at the next restart');
  await vi.waitFor(async () => expect((await search()).status).toBe(429), patience);
  expect(await config()).toMatchObject({ REQUESTS_PER_SECOND: { value: 1 } });
  const metrics = await (await fetch(`${onPort(managementPort)}/metrics`)).text();
  expect(metrics).toMatch(
    /guichet_config_reload_failures_total\{setting="REQUESTS_PER_SECOND",service="gateway"\} 1/,
  );
  // Besides what it says of an address that is limited, once in a while.
  const warnings = log.filter(({ level }) => level === 'warn');
  expect(warnings.filter(({ msg }) => !msg.startsWith('an address asks'))).toHaveLength(2);
});
