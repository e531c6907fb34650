/**
 * What counts as one place on the network: an IPv4 address, or the /64 of an IPv6 one, which one
 * household has whole.
 */
export function clientNetwork(address: string): string {
  if (!address.includes(':')) return address;
  if (address.startsWith('::ffff:')) return address.slice('::ffff:'.length);
  return address.split(':').slice(0, 4).join(':');
}
