import type { IncomingMessage } from 'node:http';
import proxyAddr from 'proxy-addr';

/**
 * Where a request comes from. A proxy of ours, such as a cluster's front door, says so in
 * `x-forwarded-for`; whoever else says it is not believed. So the address is the nearest one, going
 * back from the connection itself, that is not a trusted proxy's.
 *
 * @throws TypeError for what is neither an address nor a range in CIDR notation.
 */
export function createClientAddress(trustedProxies: readonly string[]) {
  const isTrusted = proxyAddr.compile([...trustedProxies]);
  return (req: IncomingMessage): string => proxyAddr(req, isTrusted);
}
export type ClientAddress = ReturnType<typeof createClientAddress>;
