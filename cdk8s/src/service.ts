import { environmentName } from '@guichet/config/given';
import { isLive, isSecret } from '@guichet/config/setting';
import { z } from 'zod';

/** A server that keeps what a service knows, by the setting that says where it is. */
export const storeSettings = {
  postgres: 'databaseUrl',
  mongo: 'mongoUrl',
  rabbit: 'messagesUrl',
  valkey: 'valkeyUrl',
} as const;
export type Store = keyof typeof storeSettings;
export const stores = Object.keys(storeSettings) as Store[];

/**
 * What else than CPU says how many pods a service should have, as PromQL; `$namespace` stands for
 * where it is installed. Either so much of it is one pod's, or more of it than `atMost` asks for as
 * many times the pods.
 */
export type Signal = { readonly query: string } & (
  | { readonly perPod: number; readonly atMost?: never }
  | { readonly atMost: number; readonly perPod?: never }
);

/** What a service is, as far as a cluster needs to know. Everything else follows from it. */
export type Service<Name extends string = string> = {
  /** What it does, in one line, for whoever reads the values. */
  readonly summary: string;
  /** The service's own schema: what it reads, with the reason for each default. */
  readonly settings: z.ZodObject<Record<string, z.ZodType>>;
  /** Whom it calls. Nobody else can be reached. */
  readonly calls: readonly Name[];
  readonly stores: readonly Store[];
  /** Who outside the cluster it calls, by TCP 443; without it nothing outside can be reached. */
  readonly internet?: string;
  /** The front door leads here; exactly one service is the door. */
  readonly door?: true;
  /** What it asks the Kubernetes API for, in its own namespace; without it it has no token. */
  readonly kubernetesApi?: readonly {
    readonly apiGroup: string;
    readonly resource: string;
    readonly verbs: readonly ('get' | 'list' | 'watch' | 'create' | 'patch')[];
    /** Only these objects, each named as the release names what belongs to a service. */
    readonly of?: readonly Name[];
  }[];
  /** One of its replicas leads: there is a Lease of its name. */
  readonly lease?: true;
  /** Mebibytes and thousandths of a core. There is no limit of CPU: it only makes pods slow. */
  readonly resources: {
    readonly cpuMillis: number;
    readonly memoryMi: number;
    readonly memoryLimitMi: number;
  };
  readonly scaling: { readonly min: number; readonly max: number; readonly cpuPercent: number };
  /** Where KEDA scales it. */
  readonly signals?: readonly Signal[];
  /** What its users may count on: alerts and load tests hold it to this. */
  readonly objectives: { readonly availablePercent: number; readonly latencyMs: number };
};

/** Where every service listens, in an image of its own. */
export const ports = { http: 8080, management: 9080 } as const;

/** Linux' own id for nobody in particular, as distroless images have it. */
export const runAsUser = 65_532;

const optional = (schema: z.ZodType) =>
  schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema.isOptional();

/** The settings of a service under the names of their files. */
export function settingsOf({ settings }: Pick<Service, 'settings'>) {
  return Object.entries(settings.shape).map(([key, schema]) => ({
    key,
    name: environmentName(key),
    schema,
    secret: isSecret(schema),
    live: isLive(schema),
    required: !optional(schema),
    reason: schema.description ?? '',
  }));
}

function complaints(name: string, service: Service): string[] {
  const { calls, stores, settings, scaling, resources, objectives } = service;
  const has = (key: string) => key in settings.shape;
  const said: string[] = [];
  for (const store of stores) {
    if (!has(storeSettings[store])) {
      said.push(`stores ${store}, but has no setting ${storeSettings[store]} to find it by`);
    }
  }
  for (const [store, key] of Object.entries(storeSettings)) {
    if (has(key) && !stores.includes(store as Store)) {
      said.push(`has the setting ${key}, but does not name ${store} among its stores`);
    }
  }
  if (has('jwksUrl') && name !== 'identity' && !calls.includes('identity')) {
    said.push('verifies tokens, so it must call identity for the keys');
  }
  if (calls.includes(name)) said.push('calls itself');
  if (scaling.min < 1 || scaling.min > scaling.max) {
    said.push(`scales from ${scaling.min} to ${scaling.max}`);
  }
  if (resources.memoryMi > resources.memoryLimitMi) {
    said.push('requests more memory than its limit');
  }
  if (objectives.availablePercent >= 100) said.push('promises never to fail, which nothing can');
  return said.map((what) => `${name} ${what}.`);
}

/**
 * Holds the services against each other. A call to a service that is not there does not compile;
 * what types cannot see is thrown as one error with a sentence for each fault.
 */
export function defineCatalogue<const Name extends string>(
  services: Record<Name, Service<NoInfer<Name>>>,
): Record<Name, Service<Name>> {
  const entries = Object.entries<Service<Name>>(services);
  const said = entries.flatMap(([name, service]) => complaints(name, service));
  const doors = entries.filter(([, { door }]) => door).map(([name]) => name);
  if (doors.length !== 1) {
    said.push(`The front door leads to one service, not to ${doors.length} (${doors.join(', ')}).`);
  }
  if (said.length > 0) throw new Error(`The catalogue cannot be right:\n  ${said.join('\n  ')}`);
  return services;
}
