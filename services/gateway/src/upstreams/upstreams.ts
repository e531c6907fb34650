import type { Discovery } from '@guichet/discovery/discovery';
import { chooseOfTwo } from './choose.ts';
import { createEndpoint, type Endpoint, type EndpointSettings } from './endpoint.ts';

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

  return {
    /**
     * An endpoint of the service that may be asked, rather not `besides`: the one that has just
     * failed is taken again only where there is no other.
     */
    choose(service: string, besides?: Endpoint): Endpoint | undefined {
      const endpoints = services.get(service) ?? read(service);
      const usable = [...endpoints.values()].filter(({ open }) => !open);
      const others = usable.filter((endpoint) => endpoint !== besides);
      return chooseOfTwo(others.length > 0 ? others : usable);
    },
    async close(): Promise<void> {
      ignoreChanges();
      const endpoints = [...services.values()].flatMap((known) => [...known.values()]);
      await Promise.all(endpoints.map((endpoint) => endpoint.close()));
    },
  };
}
export type Upstreams = ReturnType<typeof createUpstreams>;
