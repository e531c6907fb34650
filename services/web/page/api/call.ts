import type { authOperations } from '@guichet/contracts/auth';
import type { bookingChangeOperations } from '@guichet/contracts/booking-changes';
import type { bookingRequestOperations } from '@guichet/contracts/booking-requests';
import type { bookingOperations } from '@guichet/contracts/bookings';
import type { calendarOperations } from '@guichet/contracts/calendar';
import type { Answer, CallInput } from '@guichet/contracts/client';
import type { lineOperations } from '@guichet/contracts/lines';
import type { offeringOperations } from '@guichet/contracts/offerings';
import type { Operation } from '@guichet/contracts/operation';
import type { organiserOperations } from '@guichet/contracts/organisers';
import type { pageOperations } from '@guichet/contracts/pages';
import type { passOperations } from '@guichet/contracts/passes';
import type { paymentOperations } from '@guichet/contracts/payments';
import type { quoteOperations } from '@guichet/contracts/quotes';
import type { ProblemBody } from '@guichet/contracts/shapes';
import type { slotOperations } from '@guichet/contracts/slots';
import type { waitingListOperations } from '@guichet/contracts/waiting-list';
import { credentials } from '../embed/embed.ts';

/*
 * The contracts are here as types alone: their schemas would be a third of all that a customer
 * loads, to check answers of our own services.
 */
type Known = (
  | typeof authOperations
  | typeof bookingOperations
  | typeof bookingChangeOperations
  | typeof bookingRequestOperations
  | typeof calendarOperations
  | typeof offeringOperations
  | typeof organiserOperations
  | typeof pageOperations
  | typeof passOperations
  | typeof paymentOperations
  | typeof quoteOperations
  | typeof slotOperations
  | typeof lineOperations
  | typeof waitingListOperations
)[number];
type AddressOf<O> = O extends Operation ? `${O['method']} ${O['path']}` : never;
type ByAddress = { [O in Known as AddressOf<O>]: O };
export type Address = keyof ByAddress;
export type AnswerOf<A extends Address> = Answer<ByAddress[A]>;

/** The API refused, with a code that words are found for (RFC 9457). */
export class Refused extends Error {
  readonly status: number;
  readonly code: string;
  readonly problem: Partial<ProblemBody>;

  constructor(status: number, problem: Partial<ProblemBody>) {
    super(problem.detail ?? `The answer was ${status}.`);
    this.status = status;
    this.code = problem.code ?? 'unexpected';
    this.problem = problem;
  }
}

/** Nothing was answered: no network, or nobody there. Whether it was done is not known. */
export class Unanswered extends Error {}

type Given = {
  params?: Record<string, unknown>;
  query?: Record<string, unknown>;
  body?: unknown;
  manageToken?: string;
  /** A place in line, and leave to buy where there is a waiting room. */
  turn?: string;
  admission?: string | undefined;
  idempotencyKey?: string;
  signal?: AbortSignal;
};

function urlOf(path: string, { params = {}, query = {} }: Given): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(params[name])),
  );
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null) search.set(name, String(value));
  }
  return search.size > 0 ? `${filled}?${search}` : filled;
}

/** How far the device’s clock is behind the server’s, as far as it matters to anybody. */
let behindMs = 0;

function compareClocks(headers: Headers): void {
  const difference = Date.parse(headers.get('date') ?? '') - Date.now();
  // The header is in seconds, and the answer was on its way.
  behindMs = Math.abs(difference) > 5_000 ? difference : 0;
}

/** Now, by the clock that holds end by. */
export const serverNow = (): number => Date.now() + behindMs;

async function ask(address: string, given: Given): Promise<Response> {
  const [method = '', path = ''] = address.split(' ');
  const { body, manageToken, turn, admission, idempotencyKey, signal } = given;
  const headers: Record<string, string> = { accept: 'application/json' };
  if (manageToken) headers['x-manage-token'] = manageToken;
  if (turn) headers['x-turn'] = turn;
  if (admission) headers['x-admission'] = admission;
  if (idempotencyKey) headers['idempotency-key'] = idempotencyKey;
  if (body !== undefined) headers['content-type'] = 'application/json';
  try {
    const response = await fetch(urlOf(path, given), {
      method: method.toUpperCase(),
      headers,
      credentials,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    });
    compareClocks(response.headers);
    return response;
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new Unanswered('No answer came.', { cause });
  }
}

/** An access token lives for minutes; whoever is signed in gets the next one without noticing. */
let refreshing: Promise<boolean> | undefined;
function refreshed(): Promise<boolean> {
  refreshing ??= ask('post /api/auth/refresh', { body: {} })
    .then(({ ok }) => ok)
    .finally(() => {
      refreshing = undefined;
    });
  return refreshing;
}

/**
 * Calls the API of our own origin by `method path`, typed by the contracts. Throws `Refused` for a
 * problem and `Unanswered` where no answer came.
 */
export async function call<A extends Address>(
  address: A,
  input: CallInput<ByAddress[A]> & Pick<Given, 'turn' | 'admission'>,
): Promise<AnswerOf<A>> {
  const given = input as Given;
  let response = await ask(address, given);
  if (
    response.status === 401 &&
    !address.includes('/api/auth/') &&
    credentials !== 'omit' &&
    (await refreshed())
  ) {
    response = await ask(address, given);
  }
  if (response.status === 204) return undefined as AnswerOf<A>;
  const answer: unknown = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(response.status, answer as Partial<ProblemBody>);
  return answer as AnswerOf<A>;
}
