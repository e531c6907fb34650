import type { IncomingHttpHeaders } from 'node:http';
import { placeBooking } from '@guichet/contracts/bookings';
import { admissionHeader } from '@guichet/contracts/lines';
import type { Operation } from '@guichet/contracts/operation';
import { quoteOffering } from '@guichet/contracts/quotes';
import { Problem } from '@guichet/http/problem';
import type { AdmissionClaims } from '@guichet/line-tokens/line-tokens';
import type { Metrics } from '@guichet/telemetry/metrics';
import type { Gates } from './gates.ts';
import { createOfferingOfQuote, quoteIn } from './offering-of-quote.ts';

const refusals = {
  admission_required:
    'This offering has a waiting room: take a place in line, and come back when you are let in.',
  admission_invalid: 'This admission is none of ours. Go in from your place in line once more.',
  admission_lapsed:
    'The time in which you could buy is over. You may join the line again, at its end.',
  admission_of_another_sale:
    'This admission is for another sale, or was given to another account. Take a place in line here.',
} as const;
type RefusalCode = keyof typeof refusals;

const unknown = () =>
  new Problem({
    status: 503,
    code: 'service_unavailable',
    detail: 'Whether there is a waiting room is not known yet. Try again in a few seconds.',
    headers: { 'retry-after': '2' },
  });

/** What is asked for at the gate; `body` only of an operation whose body it reads. */
export type Asking = {
  readonly operation: Pick<Operation, 'id'>;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer | null;
  /** The account that asks, where its token says one. */
  readonly subjectId: string | undefined;
};

/** `/api/offerings/{id}/quotes`, however it is written: the route table has decoded it before. */
const offeringIn = (path: string) => decodeURIComponent(path.split('/', 4)[3] ?? '').toLowerCase();

const admissionOf = ({ [admissionHeader]: shown }: IncomingHttpHeaders): string | undefined =>
  typeof shown === 'string' ? shown : undefined;

/**
 * Whoever buys of an offering that has a waiting room shows an admission, which is verified here, from
 * memory: no call, and no work at all while no offering has one.
 */
export function createGate({
  gates,
  verify,
  metrics,
}: {
  gates: Gates;
  /** The claims of an admission that we have signed. */
  verify: (admission: string) => AdmissionClaims | undefined;
  metrics: Metrics;
}) {
  const offeringOfQuote = createOfferingOfQuote();
  const passed = metrics.counter({
    name: 'guichet_gate_passes_total',
    help: 'Requests that an admission let through',
  });
  const refused = metrics.counter({
    name: 'guichet_gate_refusals_total',
    help: 'Requests that were refused for want of a good admission',
    labelNames: ['reason'],
  });
  const refuse = (code: RefusalCode) => {
    refused.inc({ reason: code });
    return new Problem({ status: 403, code, detail: refusals[code] });
  };

  function offeringAsked({ operation, path, body, headers }: Asking): string | undefined {
    if (operation.id === quoteOffering.id) return offeringIn(path);
    const quote = body ? quoteIn(body, headers) : undefined;
    return quote === undefined ? undefined : offeringOfQuote(quote);
  }

  /**
   * The admission that somebody still shows where no gate is left, or none known yet: whoever sends
   * their booking again when the room has closed is answered with it, and has no second one.
   */
  function shownAnyway(admission: string | undefined, offeringId: string | undefined) {
    const claims = admission === undefined ? undefined : verify(admission);
    return claims && claims.off.toLowerCase() === offeringId ? claims.id : undefined;
  }

  return {
    /** Whether the body has to be read before it can be said who may pass. */
    readsBodyOf: (operation: Pick<Operation, 'id'>) =>
      gates.size > 0 && operation.id === placeBooking.id,

    /**
     * The id of the admission that lets somebody through, `undefined` where none is needed.
     *
     * @throws Problem 403 without a good one; 503 while it is not known whether one is needed; 400
     *   and 415 where it cannot be read what is booked
     */
    check(asking: Asking): string | undefined {
      const { operation, headers, subjectId } = asking;
      if (operation.id !== placeBooking.id && operation.id !== quoteOffering.id) return undefined;
      const admission = admissionOf(headers);
      if (gates.size === 0) {
        if (gates.areUnknown()) throw unknown();
        if (admission === undefined) return undefined;
      }
      const offeringId = offeringAsked(asking);
      const gate = offeringId === undefined ? undefined : gates.find(offeringId);
      if (!gate) return shownAnyway(admission, offeringId);

      if (admission === undefined) throw refuse('admission_required');
      const claims = verify(admission);
      if (!claims) throw refuse('admission_invalid');
      const isOurs = claims.off.toLowerCase() === offeringId && claims.room === gate.roomId;
      if (!isOurs || (claims.sub !== undefined && claims.sub !== subjectId)) {
        throw refuse('admission_of_another_sale');
      }
      if (claims.exp * 1_000 <= gates.nowMs()) throw refuse('admission_lapsed');
      passed.inc();
      return claims.id;
    },
  };
}
export type GateKeeper = ReturnType<typeof createGate>;

/** Where there is no waiting room in the house. */
export const openGate: GateKeeper = { readsBodyOf: () => false, check: () => undefined };
