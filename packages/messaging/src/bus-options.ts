import type { Logger } from '@guichet/telemetry/logger';
import type { BusMetrics } from './metrics.ts';

/** What a bus is made of, whatever carries it. */
export type BusOptions = {
  readonly url: string;
  readonly logger: Logger;
  readonly metrics: BusMetrics;
  readonly tiersMs: readonly number[];
  readonly asOperator: boolean;
};
