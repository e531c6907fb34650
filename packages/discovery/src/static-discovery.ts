import type { Discovery } from './discovery.ts';

/**
 * Addresses that are written down: `identity=http://127.0.0.1:8081,catalog=http://a:1|http://b:1`.
 * Throws a sentence naming the entry that cannot be read.
 */
export function createStaticDiscovery(services: string): Discovery {
  const known = new Map<string, readonly URL[]>();
  for (const entry of services
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)) {
    const at = entry.indexOf('=');
    const addresses = entry.slice(at + 1).split('|');
    if (at < 1 || !addresses.every((address) => URL.canParse(address))) {
      throw new Error(`"${entry}" is no service: write name=http://host:port, several with "|".`);
    }
    known.set(
      entry.slice(0, at),
      addresses.map((address) => new URL(address)),
    );
  }

  return {
    addresses: (service) => known.get(service) ?? [],
    onChange: () => () => {},
    close: async () => {},
  };
}
