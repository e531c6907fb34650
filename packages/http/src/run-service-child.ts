import { setTimeout as sleep } from 'node:timers/promises';
import { createLogger } from '@guichet/telemetry/logger';
import { createMetrics } from '@guichet/telemetry/metrics';
import { runService } from './run-service.ts';

/**
 * A service for the test of the drain, in a process of its own: `/slow` takes a second and a half.
 * When it has ended it says how many requests had come in.
 */
let accepted = 0;
const running = await runService({
  name: 'test',
  app: async (req, res) => {
    accepted += 1;
    await sleep(req.url === '/slow' ? 1_500 : 20);
    res.end('done');
  },
  config: { port: 0, managementPort: 0, drainMs: 300, graceMs: 15_000 },
  logger: createLogger({ service: 'test', level: 'silent' }),
  metrics: createMetrics({ service: 'test' }),
  configView: () => ({}),
  readiness: {},
  stop: async () => {
    process.stdout.write(`accepted ${accepted}\n`);
  },
});
process.stdout.write(`${JSON.stringify(running)}\n`);
