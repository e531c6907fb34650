/** All that services may emit: each name with what there is to know of it. */
export { commonFields, logEventOf, logEvents } from './contract/log-events.ts';
export { metrics } from './contract/metrics.ts';
export type { ServiceName } from './contract/shape.ts';
export { spans } from './contract/spans.ts';
