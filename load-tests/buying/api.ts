import exec from 'k6/execution';
import http, { type RefinedResponse, type ResponseType } from 'k6/http';
import type { LoadedService } from './thresholds.ts';

export type Answered = RefinedResponse<ResponseType>;

const baseUrl = (__ENV.BASE_URL ?? 'http://localhost:8080').replace(/\/$/, '');

// That the places are gone, or that too many came at once, is an answer and no failure.
const expected = http.expectedStatuses(200, 201, 409, 503);
const expectedOrCutOff = http.expectedStatuses(0, 200, 201, 409, 503);
http.setResponseCallback(expected);

/**
 * Where a buyer comes from: each another address of those that are kept for benchmarks (RFC 2544),
 * since who sends all of a crowd's requests from one address is refused for it. It is believed where
 * the generator stands among the trusted proxies, as in a cluster.
 */
function comesFrom(): string {
  const buyer = exec.vu.idInTest % 65_536;
  // Neighbours in time are no neighbours in their network: a crowd of one block would be refused for it.
  return `198.18.${buyer % 256}.${Math.floor(buyer / 256)}`;
}

type Asking = {
  method?: 'GET' | 'POST';
  path: string;
  body?: unknown;
  headers?: Record<string, string>;
  /** What it is called in the figures: a URL with an id would be a series of its own. */
  name: string;
  /** Whose objective it counts for; what the organiser does is none of it. */
  service: LoadedService | 'organiser';
  /** Whether nobody reads the answer, or waits for it: then it is cut off after so long. */
  unread?: boolean;
  cutOffAfterMs?: number;
};

export function ask({
  method = 'GET',
  path,
  body,
  headers,
  name,
  service,
  ...how
}: Asking): Answered {
  return http.request(
    method,
    `${baseUrl}${path}`,
    body === undefined ? null : JSON.stringify(body),
    {
      headers: {
        'x-forwarded-for': comesFrom(),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      tags: { name, service },
      responseType: how.unread ? 'none' : 'text',
      ...(how.cutOffAfterMs !== undefined && {
        timeout: how.cutOffAfterMs,
        responseCallback: expectedOrCutOff,
        // k6 warns of what it does not throw, and nobody is to be warned of this.
        throw: true,
      }),
    },
  );
}

/** A member of an answer, where it is JSON and has it. */
export function read(answer: Answered, member: string): unknown {
  if (!String(answer.headers['Content-Type'] ?? '').includes('json')) return undefined;
  return answer.json(member);
}
