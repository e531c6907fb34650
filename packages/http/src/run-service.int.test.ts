import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';

type Started = { child: ChildProcess; url: string; managementUrl: string; said: string[] };

async function start(): Promise<Started> {
  const child = spawn('node', [join(import.meta.dirname, 'run-service-child.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const said: string[] = [];
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => said.push(line));
  const [first] = (await once(lines, 'line')) as [string];
  return { child, said, ...(JSON.parse(first) as { url: string; managementUrl: string }) };
}

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

test('SIGTERM under load, with a slow request on a kept-alive connection, loses nothing that came in (R8)', async () => {
  const { child, url, managementUrl, said } = await start();
  const agent = new Agent({ keepAlive: true, maxSockets: 20 });
  const outcomes: Promise<number | undefined>[] = [call(`${url}/quick`, agent)];
  await outcomes[0];
  outcomes.push(call(`${url}/slow`, agent));
  const exited = once(child, 'exit');
  let ending = false;
  exited.then(() => {
    ending = true;
  });

  for (let nth = 0; !ending && nth < 5_000; nth += 1) {
    outcomes.push(call(`${url}/quick`, agent));
    if (nth === 20) child.kill('SIGTERM');
    if (nth === 25) {
      const ready = await fetch(`${managementUrl}/health/ready`);
      const live = await fetch(`${managementUrl}/health/live`);
      expect([ready.status, live.status]).toEqual([503, 200]);
    }
    await sleep(5);
  }
  const [code] = await exited;
  const settled = await Promise.all(outcomes);
  agent.destroy();

  expect(code).toBe(0);
  expect(settled[1]).toBe(200);
  // What met a closed door may try elsewhere; what came in was answered, every one.
  const answered = settled.filter((status) => status === 200);
  expect(answered.length).toBeGreaterThan(20);
  expect(said.at(-1)).toBe(`accepted ${answered.length}`);
});

test.each(['/slow', '/stream'])(
  'a caller that keeps its connection after %s, and asks nothing more, does not hold up the end',
  async (path) => {
    const { child, url } = await start();
    const agent = new Agent({ keepAlive: true });
    const exited = once(child, 'exit');
    const underWay = call(url + path, agent);
    await sleep(200);
    child.kill('SIGTERM');
    const beganAt = performance.now();

    expect(await underWay).toBe(200);
    expect((await exited)[0]).toBe(0);
    expect(performance.now() - beganAt).toBeLessThan(30_000);
    agent.destroy();
  },
);
