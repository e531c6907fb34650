import { setTimeout as sleep } from 'node:timers/promises';
import { createLogger } from '@guichet/telemetry/logger';
import { createMetrics } from '@guichet/telemetry/metrics';
import { runService } from './run-service.ts';

/**
 * A service for the test of the drain, in a process of its own: `/slow` takes a second and a half,
 * `/stream` too, but begins its answer at once. When it has ended it says how many requests had
 * come in. It would cut off what has not ended only after a minute, so a test sees if it had to.
 */
let accepted = 0;
const running = await runService({
  name: 'test',
  app: async (req, res) => {
    accepted += 1;
    if (req.url === '/stream') res.write('begun, ');
    await sleep(req.url === '/quick' ? 20 : 1_500);
    res.end('done');
  },
  config: { port: 0, managementPort: 0, drainMs: 300, graceMs: 63_000 },
  logger: createLogger({ service: 'test', level: 'silent' }),
  metrics: createMetrics({ service: 'test' }),
  configView: () => ({}),
  readiness: {},
  stop: async () => {
    process.stdout.write(`accepted ${accepted}\n`);
  },
});
process.stdout.write(`${JSON.stringify(running)}\n`);
