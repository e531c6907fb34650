import type { Discovery } from '@guichet/discovery/discovery';
import { chooseOfTwo } from './choose.ts';
import { createEndpoint, type Endpoint, type EndpointSettings } from './endpoint.ts';

/** The endpoints of every service, kept to what discovery says; connections outlive a re-read. */
export function createUpstreams({
  discovery,
  settings,
}: {
  discovery: Discovery;
  settings: EndpointSettings;
}) {
  const endpoints = new Map<string, Endpoint>();

  function endpointsOf(service: string): Endpoint[] {
    return discovery.addresses(service).map((url) => {
      const known = endpoints.get(url.origin) ?? createEndpoint(url, settings);
      endpoints.set(url.origin, known);
      return known;
    });
  }

  return {
    /**
     * An endpoint of the service that may be asked, rather not `besides`: the one that has just
     * failed is taken again only where there is no other.
     */
    choose(service: string, besides?: Endpoint): Endpoint | undefined {
      const usable = endpointsOf(service).filter(({ open }) => !open);
      const others = usable.filter((endpoint) => endpoint !== besides);
      return chooseOfTwo(others.length > 0 ? others : usable);
    },
    async close(): Promise<void> {
      await Promise.all([...endpoints.values()].map((endpoint) => endpoint.close()));
    },
  };
}
export type Upstreams = ReturnType<typeof createUpstreams>;
