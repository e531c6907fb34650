import type { Logger } from '@guichet/telemetry/logger';
import type { Metrics } from '@guichet/telemetry/metrics';
import { connectValkey } from '@guichet/valkey/connect-valkey';

/** The Valkey in which all gateways count together. */
export const connectLimits = (given: {
  url: string;
  answerMs: number;
  logger: Logger;
  metrics: Metrics;
}) =>
  connectValkey({
    ...given,
    probeKey: 'guichet:limits:probe',
    gauge: {
      name: 'guichet_limits_shared',
      help: '1 while rate limits are shared by all gateways, 0 while each counts for itself',
    },
    words: {
      usable: 'Rate limits are shared through Valkey',
      lost: 'Valkey cannot be used: until it can, each gateway limits for itself',
    },
  });
