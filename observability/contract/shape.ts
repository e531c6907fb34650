import { type ServiceName, serviceNames } from '@guichet/cdk8s/catalogue';

export type { ServiceName };

/** A metric that services may emit, and all there is to know of it. */
export type MetricContract = {
  readonly kind: 'counter' | 'gauge' | 'histogram';
  /** What one of it is; seconds, where the name ends so. */
  readonly unit: string;
  /** Its labels, with how many values each has at most in one process. */
  readonly labels: Readonly<Record<string, number>>;
  readonly by: readonly ServiceName[];
  /** What it means that it moves. */
  readonly meaning: string;
  /** Where it is emitted only under a condition: which. */
  readonly only?: 'in a cluster' | 'with Valkey';
};

/** A span that services may emit. */
export type SpanContract = {
  readonly name: RegExp;
  readonly kind: 'server' | 'client' | 'consumer';
  readonly by: readonly ServiceName[];
  readonly meaning: string;
  readonly only?: string;
};

/** A line that services may write. */
export type LogEventContract = {
  readonly level: 'info' | 'warn' | 'error' | 'fatal';
  readonly by: readonly ServiceName[];
  /** What it may have besides its text and what every line has. */
  readonly fields: readonly string[];
  readonly meaning: string;
};
export type LogEvents = Readonly<Record<string, LogEventContract>>;

export type Metrics = Readonly<Record<string, MetricContract>>;

/** Every service. */
export const everybody: readonly ServiceName[] = serviceNames;
/** Those that have an outbox. */
export const writers: readonly ServiceName[] = [
  'identity',
  'catalog',
  'reservation',
  'waiting-room',
  'payment',
];
/** Those that handle messages. */
export const listeners: readonly ServiceName[] = everybody.filter((name) => name !== 'web');
/** Those that keep a pool of connections to PostgreSQL. */
export const onPostgres: readonly ServiceName[] = [
  'identity',
  'reservation',
  'waiting-room',
  'notification',
];
/** Those whose documents are in MongoDB. */
export const onMongo: readonly ServiceName[] = ['catalog', 'payment'];
