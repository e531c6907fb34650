import type { V1Endpoint, V1EndpointSlice } from '@kubernetes/client-node';

export type PortChoice = {
  /** As the Service names it. */
  readonly name: string;
  /** Taken where a slice has no port of that name; without it such a slice has no addresses. */
  readonly otherwise?: number;
};

/** Where a service may be reached: there, or only while it goes and nobody else is there. */
type Found = { readonly ready: Map<string, URL>; readonly leaving: Map<string, URL> };

export const serviceLabel = 'kubernetes.io/service-name';

/** The API says: what is not known counts as ready, and as not terminating. */
function stateOf({ conditions }: V1Endpoint): keyof Found | undefined {
  const { ready, serving, terminating } = conditions ?? {};
  if (terminating) return serving ? 'leaving' : undefined;
  return ready !== false && serving !== false ? 'ready' : undefined;
}

function portOf({ ports }: V1EndpointSlice, { name, otherwise }: PortChoice): number | undefined {
  return ports?.find((port) => port.name === name)?.port ?? otherwise;
}

function serviceOf({ metadata }: V1EndpointSlice, prefix: string): string | undefined {
  const name = metadata?.labels?.[serviceLabel];
  return name?.startsWith(prefix) ? name.slice(prefix.length) : undefined;
}

/** One pod is one endpoint, whichever slices it is in: two families, or two slices for a moment. */
function addSlice(found: Found, slice: V1EndpointSlice, port: number): void {
  for (const endpoint of slice.endpoints ?? []) {
    const state = stateOf(endpoint);
    // Only the first address counts; more were never given a meaning.
    const [address] = endpoint.addresses;
    if (!state || !address) continue;
    const host = slice.addressType === 'IPv6' ? `[${address}]` : address;
    const url = new URL(`http://${host}:${port}`);
    const pod = endpoint.targetRef?.uid ?? url.host;
    if (!found[state].has(pod)) found[state].set(pod, url);
  }
}

/** IPv4 before IPv6, then by name, so that the same slices always give the same addresses. */
const inOrder = (a: V1EndpointSlice, b: V1EndpointSlice) =>
  a.addressType.localeCompare(b.addressType) ||
  (a.metadata?.name ?? '').localeCompare(b.metadata?.name ?? '');

/**
 * The addresses of every service whose name begins with `prefix`, by the rest of that name.
 *
 * They are the ready ones. Where there is none, those that leave but still serve: a request to
 * them may succeed, and without them there is nobody to ask (kube-proxy does the same, KEP-1669).
 */
export function addressesOf(
  slices: Iterable<V1EndpointSlice>,
  { prefix, port: choice }: { prefix: string; port: PortChoice },
): ReadonlyMap<string, readonly URL[]> {
  const services = new Map<string, Found>();
  for (const slice of [...slices].sort(inOrder)) {
    const service = serviceOf(slice, prefix);
    const port = portOf(slice, choice);
    if (!service || port === undefined) continue;
    const found = services.get(service) ?? { ready: new Map(), leaving: new Map() };
    services.set(service, found);
    addSlice(found, slice, port);
  }
  return new Map(
    [...services].map(([service, { ready, leaving }]) => [
      service,
      [...(ready.size > 0 ? ready : leaving).values()],
    ]),
  );
}
