import type { Discovery } from '@guichet/discovery/discovery';
import { chooseOfTwo } from './choose.ts';
import { createEndpoint, type Endpoint, type EndpointSettings } from './endpoint.ts';

/** Those that are so, or all where none is. */
function preferred<T>(all: readonly T[], isSo: (one: T) => boolean): readonly T[] {
  const those = all.filter(isSo);
  return those.length > 0 ? those : all;
}

/**
 * The endpoints of every service, kept to what discovery says. One that stays keeps its connections
 * and its breaker; one that goes gets nothing new, and what it has in flight it ends in peace.
 */
export function createUpstreams({
  discovery,
  settings,
}: {
  discovery: Discovery;
  settings: EndpointSettings;
}) {
  /** By service, then by origin: an address that another service takes over is another endpoint. */
  const services = new Map<string, ReadonlyMap<string, Endpoint>>();

  function read(service: string): ReadonlyMap<string, Endpoint> {
    const before = services.get(service);
    const now = new Map<string, Endpoint>();
    for (const url of discovery.addresses(service)) {
      now.set(url.origin, before?.get(url.origin) ?? createEndpoint(url, settings));
    }
    services.set(service, now);
    for (const [origin, endpoint] of before ?? []) if (!now.has(origin)) void endpoint.close();
    return now;
  }
  const ignoreChanges = discovery.onChange((service) => {
    if (services.has(service)) read(service);
  });

  const endpointsOf = (service: string) => services.get(service) ?? read(service);

  /** Those that may be asked. */
  const usable = (service: string): Endpoint[] =>
    [...endpointsOf(service).values()].filter(({ open }) => !open);

  return {
    /** The services that somebody has asked for. */
    known: () => services.keys(),

    /**
     * How long a request would wait for the endpoint that is the soonest to take it, behind those
     * in its line and its share of the `coming`.
     */
    queueAgeMs(service: string, coming = 0): number {
      const endpoints = endpointsOf(service);
      const share = coming / endpoints.size;
      let youngestMs = Number.POSITIVE_INFINITY;
      for (const { open, queueAge } of endpoints.values()) {
        if (!open) youngestMs = Math.min(youngestMs, queueAge.ms(share));
      }
      return Number.isFinite(youngestMs) ? youngestMs : 0;
    },

    /**
     * An endpoint of the service that may be asked, rather not `besides`: the one that has just
     * failed is taken again only where there is no other. Rather none, either, whose queue is older
     * than `withinMs`.
     */
    choose(
      service: string,
      { besides, withinMs }: { besides?: Endpoint; withinMs?: number | undefined } = {},
    ): Endpoint | undefined {
      const all = usable(service);
      const others = besides ? preferred(all, (one) => one !== besides) : all;
      if (withinMs === undefined) return chooseOfTwo(others);
      return chooseOfTwo(preferred(others, ({ queueAge }) => queueAge.ms() <= withinMs));
    },
    async close(): Promise<void> {
      ignoreChanges();
      const endpoints = [...services.values()].flatMap((known) => [...known.values()]);
      await Promise.all(endpoints.map((endpoint) => endpoint.close()));
    },
  };
}
export type Upstreams = ReturnType<typeof createUpstreams>;
