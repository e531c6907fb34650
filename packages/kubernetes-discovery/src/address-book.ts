import type { Discovery } from '@guichet/discovery/discovery';
import type { V1EndpointSlice } from '@kubernetes/client-node';
import { addressesOf, type PortChoice } from './addresses.ts';

const same = (a: readonly URL[] = [], b: readonly URL[] = []) =>
  a.length === b.length && a.every((url, at) => url.href === b[at]?.href);

/** What the slices say of one port of every service, and who wants to hear of its changes. */
export function createAddressBook(choice: { prefix: string; port: PortChoice }) {
  let known: ReadonlyMap<string, readonly URL[]> = new Map();
  const listeners = new Set<(service: string) => void>();

  const discovery: Omit<Discovery, 'close'> = {
    addresses: (service) => known.get(service) ?? [],
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };

  return {
    discovery,
    read(slices: Iterable<V1EndpointSlice>): void {
      const before = known;
      known = addressesOf(slices, choice);
      for (const service of new Set([...before.keys(), ...known.keys()])) {
        if (same(before.get(service), known.get(service))) continue;
        for (const listener of listeners) listener(service);
      }
    },
    /** How many addresses each service has. */
    counts: (): Record<string, number> =>
      Object.fromEntries([...known].map(([service, urls]) => [service, urls.length])),
  };
}
