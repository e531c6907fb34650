import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadConfig } from '@guichet/config/load-config';
import { common } from '@guichet/config/setting';
import { z } from 'zod';
import { startService } from './start-service.ts';
import { CannotStart } from './waiting.ts';

/**
 * A service for the tests of its start and its drain, in a process of its own: `/slow` takes a
 * second and a half, `/stream` too, but begins its answer at once; `/endless` answers for as long
 * as somebody listens. It says what comes in, and when it has ended how many requests that were. It
 * would cut off what has not ended only after a minute, so a test sees if it had to. It waits until
 * the URL `NEEDS`, where there is one, answers; an answer that says `never` is one that no waiting
 * helps.
 */
const settings = z.object(common).pick({
  port: true,
  managementPort: true,
  logLevel: true,
  drainMs: true,
  graceMs: true,
});
const { until, run } = await startService({ name: 'test', readConfig: () => loadConfig(settings) });

const { NEEDS } = process.env;
if (NEEDS) {
  await until('needed', async () => {
    const answer = await fetch(NEEDS).catch((cause) => {
      throw new Error('It does not answer. Is it up?', { cause });
    });
    if ((await answer.text()) === 'never') throw new CannotStart('It will never be right.');
  });
}

let accepted = 0;
const endless = new Set<ServerResponse>();
await run({
  app: async (req, res) => {
    accepted += 1;
    process.stdout.write(`has ${req.url}\n`);
    if (req.url === '/endless') {
      res.write('begun, ');
      endless.add(res);
      return;
    }
    if (req.url === '/stream') res.write('begun, ');
    await sleep(req.url === '/quick' ? 20 : 1_500);
    res.end('done');
  },
  readiness: {
    spoiled: async () => {
      if (process.env.SPOILED) throw new Error('It is spoiled.');
    },
  },
  endStreams: () => {
    for (const res of endless) res.end('ended');
  },
  stop: async () => {
    process.stdout.write(`accepted ${accepted}\n`);
  },
});
