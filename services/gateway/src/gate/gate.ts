import { placeBooking } from '@guichet/contracts/bookings';
import type { Operation } from '@guichet/contracts/operation';
import { quoteOffering } from '@guichet/contracts/quotes';
import { admissionHeader } from '@guichet/contracts/waiting-rooms';
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
  readonly admission: string | undefined;
  readonly body: Buffer | null;
  /** The account that asks, where its token says one. */
  readonly subjectId: string | undefined;
};

/** `/api/offerings/{id}/quotes` */
const offeringIn = (path: string) => path.split('/', 4)[3];

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

  function offeringAsked({ operation, path, body }: Asking): string | undefined {
    if (operation.id === quoteOffering.id) return offeringIn(path);
    const quote = body ? quoteIn(body) : undefined;
    return quote === undefined ? undefined : offeringOfQuote(quote);
  }

  return {
    /** Whether the body has to be read before it can be said who may pass. */
    readsBodyOf: (operation: Pick<Operation, 'id'>) =>
      gates.size > 0 && operation.id === placeBooking.id,

    /**
     * The id of the admission that lets somebody through, `undefined` where none is needed.
     *
     * @throws Problem 403 without a good one; 503 while it is not known whether one is needed
     */
    check(asking: Asking): string | undefined {
      const { operation, admission, subjectId } = asking;
      if (operation.id !== placeBooking.id && operation.id !== quoteOffering.id) return undefined;
      if (gates.size === 0) {
        if (gates.areUnknown()) throw unknown();
        return undefined;
      }
      const offeringId = offeringAsked(asking);
      const gate = offeringId === undefined ? undefined : gates.find(offeringId);
      if (!gate) return undefined;

      if (admission === undefined) throw refuse('admission_required');
      const claims = verify(admission);
      if (!claims) throw refuse('admission_invalid');
      const isOurs = claims.off === offeringId && claims.room === gate.roomId;
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

export const admissionOf = (headers: NodeJS.Dict<string | string[]>): string | undefined => {
  const shown = headers[admissionHeader];
  return typeof shown === 'string' ? shown : undefined;
};
