import { type Carrier, currentCarrier, inCarrier, isSampled } from '@guichet/telemetry/carrier';

/** One call that waits for its part of a batch. */
type Waiting<Call, Answer> = {
  readonly call: Call;
  readonly since: number;
  /** The trace that it came in. */
  readonly carrier: Carrier;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (reason: unknown) => void;
};

/** Nobody waits for the answer any more: the call was left out of its batch. */
export class CameTooLate extends Error {}

/** How much the newest statement counts for how long one takes: five of them make a new picture. */
const newestCounts = 0.2;
/** A statement that takes so many times what one takes of late is held up, and the next passes it. */
const heldUpAfter = 3;
/** Fewer that wait are no crowd: to refuse the next would spare nobody anything. */
const crowd = 16;

/** What was seen of a batch when it was sent. */
export type Sent = {
  readonly size: number;
  /** How long its first call had waited, in milliseconds. */
  readonly waitedMs: number;
};
/** And when its statement had ended, whatever came of it. */
export type Ended = { readonly size: number; readonly tookMs: number };

/**
 * Collects calls while a statement is under way and sends them as the next one: the time that a
 * commit takes is the window, so that no timer makes anybody wait, and a call that comes alone goes
 * alone, at once. Calls keep the order in which they came.
 *
 * In a crowd one statement is under way at a time: two share the crowd, so that each is half as
 * large, and where they meet in one row the second only waits. It is passed by the next one where
 * it is held up, by a lock of somebody else's, and where a whole batch waits already. Calls that
 * come one by one do not wait for each other.
 *
 * `one` does a call by itself, `many` a list of them, answering in their order. Should `many` fail
 * as a whole, each call is done by itself, so that what is wrong with one is nothing to the others;
 * `isShared` says which errors are of the connection and meet every call alike.
 *
 * @param keyOf calls of the same key are never in one batch: the later one waits for the next
 * @param deadlineOf Unix milliseconds after which a call is not sent but rejected with `CameTooLate`
 * @param mostInFlight statements at once, the held-up one with them; each takes a connection
 * @param mostMembers calls in a statement; more gain PostgreSQL little, and leave the process with
 *   nothing to do where a whole crowd waits for one: of 200, 256 buyers got a tenth fewer places
 */
export function createBatcher<Call, Answer>({
  one,
  many,
  keyOf,
  deadlineOf = () => undefined,
  isShared = () => false,
  onSent = () => {},
  onEnded = () => {},
  mostInFlight = 2,
  mostMembers = 128,
}: {
  one: (call: Call) => Promise<Answer>;
  many: (calls: readonly Call[]) => Promise<readonly Answer[]>;
  keyOf: (call: Call) => string;
  deadlineOf?: (call: Call) => number | undefined;
  isShared?: (error: unknown) => boolean;
  onSent?: (sent: Sent) => void;
  onEnded?: (ended: Ended) => void;
  mostInFlight?: number;
  mostMembers?: number;
}) {
  type Member = Waiting<Call, Answer>;
  let waiting: Member[] = [];
  /** When each statement that is under way was sent, the oldest first. */
  const inFlight = new Set<{ readonly sentAt: number; readonly size: number }>();
  let isScheduled = false;
  /** How long a statement takes, of late; nothing before the first has ended. */
  let statementMs = 0;

  const alone = ({ call, resolve, reject }: Member) => one(call).then(resolve, reject);

  /** Takes the next batch out of those that wait. */
  function next(): Member[] {
    const batch: Member[] = [];
    const later: Member[] = [];
    const keys = new Set<string>();
    const now = Date.now();
    for (const member of waiting) {
      const deadline = deadlineOf(member.call);
      if (deadline !== undefined && deadline < now) {
        member.reject(new CameTooLate('Nobody waits for this any more.'));
        continue;
      }
      const key = keyOf(member.call);
      if (batch.length === mostMembers || keys.has(key)) {
        later.push(member);
        continue;
      }
      keys.add(key);
      batch.push(member);
    }
    waiting = later;
    return batch;
  }

  async function together(batch: readonly Member[]): Promise<void> {
    try {
      const answers = await many(batch.map(({ call }) => call));
      for (const [at, { resolve }] of batch.entries()) resolve(answers[at] as Answer);
    } catch (error) {
      if (!isShared(error)) await Promise.all(batch.map(alone));
      else for (const { reject } of batch) reject(error);
    }
  }

  /**
   * Sends a batch in the trace of one of its calls, where it can in one that is kept: otherwise it
   * would be in that of the batch before it, and that in the one before.
   */
  function transmit(batch: readonly Member[], first: Member): void {
    const { carrier } = batch.find((member) => isSampled(member.carrier)) ?? first;
    const size = batch.length;
    inCarrier(carrier, () => {
      const sentAt = performance.now();
      const statement = { sentAt, size };
      inFlight.add(statement);
      onSent({ size, waitedMs: sentAt - first.since });
      const sent = size === 1 ? alone(first) : together(batch);
      sent.finally(() => {
        inFlight.delete(statement);
        const tookMs = performance.now() - sentAt;
        statementMs += (tookMs - statementMs) * (statementMs === 0 ? 1 : newestCounts);
        onEnded({ size, tookMs });
        flush();
      });
    });
  }

  function canSend(): boolean {
    const [oldest] = inFlight;
    if (!oldest) return true;
    if (inFlight.size >= mostInFlight) return false;
    const isHeldUp = performance.now() - oldest.sentAt > heldUpAfter * statementMs;
    return oldest.size === 1 || isHeldUp || waiting.length >= mostMembers;
  }

  function flush(): void {
    isScheduled = false;
    while (waiting.length > 0 && canSend()) {
      const batch = next();
      const [first] = batch;
      if (!first) return;
      transmit(batch, first);
    }
  }

  const send = (call: Call): Promise<Answer> =>
    new Promise((resolve, reject) => {
      waiting.push({ call, since: performance.now(), carrier: currentCarrier(), resolve, reject });
      if (isScheduled || !canSend()) return;
      // What came with the same tick of the network goes together.
      isScheduled = true;
      setImmediate(flush);
    });

  /**
   * How long a call that comes now is going to wait for its statement, in milliseconds: the
   * statements before it by the time that one takes of late, or what the first has waited already
   * where that is more, since a database that is silent ends no statement that could be timed. It is
   * the age of a crowd: a few whom a slow moment holds up are told nothing and wait.
   */
  function queueAgeMs(): number {
    if (waiting.length < crowd || canSend()) return 0;
    const before = 1 + Math.floor(waiting.length / mostMembers);
    const [first] = waiting;
    const waitedMs = first ? performance.now() - first.since : 0;
    return Math.max(waitedMs, (before * statementMs) / inFlight.size);
  }

  return Object.assign(send, { queueAgeMs });
}
