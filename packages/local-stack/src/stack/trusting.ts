import { readFileSync } from 'node:fs';
import { rootCertificates } from 'node:tls';
import { Agent, fetch } from 'undici';

/** A `fetch` that trusts the local certificate in that file too, for this caller alone. */
export function trusting(certificate: string | undefined): typeof globalThis.fetch {
  if (!certificate) return globalThis.fetch;
  const dispatcher = new Agent({
    connect: { ca: [...rootCertificates, readFileSync(certificate, 'utf8')] },
  });
  return ((input: URL, init?: object) =>
    fetch(input, { ...init, dispatcher })) as unknown as typeof globalThis.fetch;
}
