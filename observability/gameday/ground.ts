import type { Tools } from '@guichet/cluster/tools';

/** What a stand-in for somebody else's service is told to do wrong; the answer takes it back. */
export type StandIn = (fault: Record<string, unknown>) => Promise<() => Promise<unknown>>;

type Common = {
  readonly stripe: StandIn;
  readonly mail: StandIn;
  /** Where the messages are, as seen from here. */
  messagesUrl(): Promise<string>;
  /** The database of a service, as seen from here. */
  databaseUrl(service: string): Promise<string>;
  leave(): void;
};

/** Where a game day takes place. */
export type Ground =
  | (Common & { readonly kind: 'machine' })
  | (Common & { readonly kind: 'cluster'; readonly tools: Tools });
export type ClusterGround = Extract<Ground, { kind: 'cluster' }>;

/** For faults of a cluster; `where` has seen to it that there is one. */
export function inCluster(ground: Ground): ClusterGround {
  if (ground.kind === 'cluster') return ground;
  throw new Error('This needs a cluster.');
}
