import { ProblemAnswer } from '@guichet/contracts/client';
import { CannotBuy } from '@guichet/local-stack/buy/read-stack';
import type { Operation } from '../history/operation.ts';

/** Say of themselves that another try may do what this one did not. */
const passing = [
  'busy',
  'idempotency_key_in_flight',
  'provider_unavailable',
  'payment_in_progress',
];

/** Whether an answer says for certain that nothing was done, and nothing will be. */
function refusalOf(error: unknown): string | undefined {
  if (error instanceof CannotBuy) return 'card_refused';
  if (!(error instanceof ProblemAnswer) || passing.includes(error.code)) return undefined;
  return error.status < 500 && error.status !== 429 ? error.code : undefined;
}

type Asked = Pick<Operation, 'client' | 'op' | 'slotId' | 'key' | 'bookingId' | 'places'>;
type Answered<T> = { outcome: 'ok'; answer: T } | { outcome: 'refused' | 'unknown'; code: string };

export type Recorder = ReturnType<typeof createRecorder>;

/** Keeps everything that clients asked and were answered. */
export function createRecorder() {
  const operations: Operation[] = [];
  let during = 'nothing';

  return {
    operations: operations as readonly Operation[],
    /** What goes wrong from now on. */
    during(what: string): void {
      during = what;
    },
    /** Asks once; `shown` says what of the answer is evidence. It never throws. */
    async ask<T>(
      asked: Asked,
      work: () => Promise<T>,
      shown: (answer: T) => Partial<Operation> = () => ({}),
    ): Promise<Answered<T>> {
      const begun = { ...asked, called: performance.now(), during };
      try {
        const answer = await work();
        const returned = performance.now();
        operations.push({ ...begun, returned, outcome: 'ok', ...shown(answer) });
        return { outcome: 'ok', answer };
      } catch (error) {
        const refusal = refusalOf(error);
        const outcome = refusal ? 'refused' : 'unknown';
        const code = refusal ?? (error instanceof ProblemAnswer ? error.code : String(error));
        operations.push({ ...begun, returned: performance.now(), outcome, code });
        return { outcome, code };
      }
    },
  };
}
