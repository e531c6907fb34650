/** All that services may emit: each name with what there is to know of it. */
export { metrics } from './contract/metrics.ts';
export type { ServiceName } from './contract/shape.ts';
