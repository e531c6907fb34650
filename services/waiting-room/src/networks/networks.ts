import { createHmac, createSecretKey } from 'node:crypto';
import type { LineKeys } from '@guichet/line-tokens/line-tokens';
import ipaddr from 'ipaddr.js';

/** Where somebody comes from: hashes under a key of ours, and a name for the block of addresses. */
export type Network = {
  readonly addressHash: Buffer;
  readonly blockHash: Buffer;
  /** As an organiser sees it: `203.0.113.0/24`. */
  readonly blockLabel: string;
};
export type Networks = ReturnType<typeof createNetworks>;

/** What one provider gives to one house or one office, and what a farm of bots has a few of. */
const prefixes = { ipv4: 24, ipv6: 48 } as const;
/** Of IPv6 one device has as many addresses as it likes: its house is what counts. */
const housePrefix = 64;

/** The network part of an address: `prefix` bits, the others zero. */
function masked(address: ipaddr.IPv4 | ipaddr.IPv6, prefix: number): string {
  const bytes = address.toByteArray().map((byte, at) => {
    const kept = Math.min(8, Math.max(0, prefix - at * 8));
    return byte & (0xff << (8 - kept));
  });
  return `${ipaddr.fromByteArray(bytes).toString()}/${prefix}`;
}

/**
 * Addresses are told apart and never kept: what is stored are hashes under a key that is derived from
 * the last of the line's, so that whoever has the tables cannot try all addresses.
 */
export function createNetworks(keys: LineKeys) {
  const last = [...keys.values()].at(-1);
  if (!last) throw new Error('There is no key for networks.');
  const key = createSecretKey(createHmac('sha256', last).update('networks').digest());
  const hashOf = (what: string) => createHmac('sha256', key).update(what).digest();

  return {
    hashOf,
    /** @param address as the gateway tells it; what is no address is a network of its own. */
    of(address: string): Network {
      if (!ipaddr.isValid(address)) {
        return { addressHash: hashOf(address), blockHash: hashOf(address), blockLabel: 'unknown' };
      }
      const parsed = ipaddr.process(address);
      const blockLabel = masked(parsed, prefixes[parsed.kind()]);
      const device = parsed.kind() === 'ipv6' ? masked(parsed, housePrefix) : parsed.toString();
      return { addressHash: hashOf(device), blockHash: hashOf(blockLabel), blockLabel };
    },
  };
}

/** Where a request comes from, as the gateway, which alone reaches us, has said. */
export const addressIn = (headers: NodeJS.Dict<string | string[]>): string => {
  const said = headers['x-forwarded-for'];
  return (Array.isArray(said) ? said[0] : said)?.split(',')[0]?.trim() ?? '';
};
