import { once } from 'node:events';
import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createConfigVolume } from '@guichet/testing/config-volume';
import { askManagement, onPort, startServiceProcess } from '@guichet/testing/service-process';
import { describe, expect, onTestFinished, test, vi } from 'vitest';

const patience = { timeout: 30_000, interval: 50 };
const spawnChild = (env: Record<string, string> = {}) =>
  startServiceProcess(join(import.meta.dirname, 'start-service-child.ts'), {
    DRAIN_MS: '300',
    GRACE_MS: '63000',
    ...env,
  });

async function start(env: Record<string, string> = {}) {
  const spawned = spawnChild(env);
  const { port, managementPort } = await spawned.lineWith('is listening');
  return { ...spawned, url: onPort(port), managementPort };
}

/** Something that a service needs; it answers what it is told to. */
async function needed(says = 'here') {
  const server = createServer((_, res) => res.end(says)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  onTestFinished(() => void server.close());
  const stop = async () => {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  };
  return {
    url: onPort(port),
    stop,
    start: () => once(server.listen(port, '127.0.0.1'), 'listening'),
  };
}

describe('while it waits', () => {
  test('it is live and not ready, says why there and in one warning, and starts when it has what it needs', async () => {
    const thing = await needed();
    await thing.stop();
    const { lineWith, log } = spawnChild({ NEEDS: thing.url });
    const { managementPort } = await lineWith('is starting');
    await lineWith('waiting for needed');

    expect(await askManagement(managementPort, '/health/live')).toEqual([200, { status: 'live' }]);
    expect(await askManagement(managementPort, '/health/ready')).toEqual([
      503,
      { status: 'starting', failing: { needed: 'It does not answer. Is it up?' } },
    ]);
    expect(await askManagement(managementPort, '/config')).toEqual([
      200,
      expect.objectContaining({ DRAIN_MS: expect.objectContaining({ value: 300 }) }),
    ]);
    expect((await fetch(`${onPort(managementPort)}/metrics`)).status).toBe(200);

    await thing.start();
    await lineWith('is listening');
    expect(await askManagement(managementPort, '/health/ready')).toEqual([
      200,
      { status: 'ready' },
    ]);
    expect(log.filter(({ level }) => level === 'warn')).toHaveLength(1);
  });

  test.each(['SIGTERM', 'SIGINT'] as const)('%s ends it at once, with 0', async (signal) => {
    const thing = await needed();
    await thing.stop();
    const { child, lineWith, exited } = spawnChild({ NEEDS: thing.url, DRAIN_MS: '600000' });
    await lineWith('waiting for needed');

    child.kill(signal);

    expect(await exited).toEqual([0, null]);
  });

  test('what no waiting helps ends it, with one sentence and no stack', async () => {
    const { fatal, exited } = spawnChild({ NEEDS: (await needed('never')).url });

    expect(await exited).toEqual([1, null]);
    expect(fatal()).toMatchObject({ msg: 'It will never be right.' });
    expect(fatal()).not.toHaveProperty('err');
  });
});

test('settings that are not usable end it, with one line that names them', async () => {
  const { log, exited } = spawnChild({ DRAIN_MS: 'soon' });

  expect(await exited).toEqual([1, null]);
  expect(log).toEqual([
    expect.objectContaining({ level: 'fatal', msg: expect.stringMatching(/DRAIN_MS: .*SIGTERM/s) }),
  ]);
});

test('a check that fails is named, with what it says', async () => {
  const { lineWith } = spawnChild({ SPOILED: '1' });
  const { managementPort } = await lineWith('is listening');

  expect(await askManagement(managementPort, '/health/ready')).toEqual([
    503,
    { status: 'not_ready', failing: { spoiled: 'It is spoiled.' } },
  ]);
});

test('the log’s level follows its file, without a restart', async () => {
  const volume = createConfigVolume({ LOG_LEVEL: 'info' });
  onTestFinished(volume.remove);
  const { lineWith, log } = spawnChild({ CONFIG_DIR: volume.folder });
  const { managementPort } = await lineWith('is listening');

  volume.put({ LOG_LEVEL: 'error' });
  await vi.waitFor(async () => {
    const [, config] = await askManagement(managementPort, '/config');
    expect(config.LOG_LEVEL.value).toBe('error');
  }, patience);
  volume.put({ LOG_LEVEL: 'loud' });
  await vi.waitFor(async () => {
    const text = await (await fetch(`${onPort(managementPort)}/metrics`)).text();
    expect(text).toMatch(/^guichet_config_reload_failures_total\{.*setting="LOG_LEVEL".*\} 1$/m);
  }, patience);

  // The warning of the refusal is below the level that was set before it.
  expect(log.filter(({ level }) => level === 'warn')).toEqual([]);
});

/** The status of a whole answer; nothing where there was none. */
function call(url: string, agent: Agent): Promise<number | undefined> {
  return new Promise((resolve) => {
    const sent = request(url, { agent }, (res) => {
      res.resume().on('end', () => resolve(res.complete ? res.statusCode : undefined));
      res.on('error', () => resolve(undefined));
    });
    sent.on('error', () => resolve(undefined));
    sent.end();
  });
}

test('while it drains it is live and not ready, and still answers', async () => {
  const { child, url, managementPort } = await start({ DRAIN_MS: '600000' });

  child.kill('SIGTERM');

  await vi.waitFor(async () => {
    expect(await askManagement(managementPort, '/health/ready')).toEqual([
      503,
      { status: 'draining' },
    ]);
  }, patience);
  expect(await askManagement(managementPort, '/health/live')).toEqual([200, { status: 'live' }]);
  expect((await fetch(`${url}/quick`)).status).toBe(200);
});

test('a collector that cannot be reached does not keep it from ending cleanly', async () => {
  const { url, child, lineWith, exited } = await start({
    NODE_OPTIONS: '--import @guichet/telemetry/register',
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9',
    OTEL_EXPORTER_OTLP_TIMEOUT: '500',
  });
  await fetch(`${url}/slow`);

  child.kill('SIGTERM');

  expect(await lineWith('spans were lost')).toMatchObject({ level: 'warn' });
  expect(await exited).toEqual([0, null]);
});

test('SIGTERM under load, with a slow request on a kept-alive connection, loses nothing that came in (R8)', async () => {
  const { child, url, said, exited } = await start();
  const agent = new Agent({ keepAlive: true, maxSockets: 20 });
  const outcomes: Promise<number | undefined>[] = [call(`${url}/quick`, agent)];
  await outcomes[0];
  outcomes.push(call(`${url}/slow`, agent));
  let ending = false;
  exited.then(() => {
    ending = true;
  });

  for (let nth = 0; !ending && nth < 5_000; nth += 1) {
    outcomes.push(call(`${url}/quick`, agent));
    if (nth === 20) child.kill('SIGTERM');
    await sleep(5);
  }
  const [code] = await exited;
  const settled = await Promise.all(outcomes);
  agent.destroy();

  expect(code).toBe(0);
  expect(settled[1]).toBe(200);
  // What met a closed door may try elsewhere; what came in was answered, every one.
  const answered = settled.filter((status) => status === 200);
  expect(answered.length).toBeGreaterThan(10);
  expect(said.at(-1)).toBe(`accepted ${answered.length}`);
});

test.each(['/slow', '/stream', '/endless'])(
  'a caller that keeps its connection after %s, and asks nothing more, does not hold up the end',
  async (path) => {
    const { child, url, said, exited } = await start();
    const agent = new Agent({ keepAlive: true });
    const underWay = call(url + path, agent);
    await vi.waitFor(() => expect(said).toContain(`has ${path}`), patience);
    child.kill('SIGTERM');
    const beganAt = performance.now();

    expect(await underWay).toBe(200);
    expect((await exited)[0]).toBe(0);
    expect(performance.now() - beganAt).toBeLessThan(30_000);
    agent.destroy();
  },
);
