import type { Answer } from '@guichet/contracts/client';
import type { admit, joinLine, line, roomOfOffering } from '@guichet/contracts/lines';
import { sleep } from 'k6';
import { Counter } from 'k6/metrics';
import { type Answered, ask, read } from './api.ts';
import { complain } from './buyer.ts';

const joined = new Counter('joined');
const toldSoldOut = new Counter('told_sold_out');

type Asking = Parameters<typeof ask>[0];
type Line = Answer<typeof line>;

const inRoom = (asking: Omit<Asking, 'service'>): Answered =>
  ask({ ...asking, service: 'waiting-room' });
const bodyOf = <T>(answer: Answered): T => answer.json() as T;

const refuse = (what: string, answer: Answered): undefined => {
  complain(what, answer);
  return undefined;
};

/** A person reads for a second before they click. */
const readingSeconds = 1.2;

/** A place in line, as a page takes it: its turn and rank, or nothing where there is none to have. */
export function joinLineOf(offeringId: string) {
  const path = `/api/offerings/${offeringId}/waiting-room`;
  const page = inRoom({ path, name: 'waiting room' });
  if (page.status !== 200) return refuse('A waiting room', page);
  const { room, ...shown } = bodyOf<Answer<typeof roomOfOffering>>(page);
  if (!room || !('visit' in shown)) return refuse('A waiting room', page);
  sleep(readingSeconds);
  const given = inRoom({
    method: 'POST',
    path: `/api/waiting-rooms/${room.id}/turns`,
    body: { visit: shown.visit },
    name: 'turn',
  });
  if (given.status !== 201) return refuse('A place in line', given);
  joined.add(1);
  const { turn, rank } = bodyOf<Answer<typeof joinLine>>(given);
  return { roomId: room.id, turn, rank };
}
type Turn = NonNullable<ReturnType<typeof joinLineOf>>;

/** Asks how far the line is, as often as it is told to, until called; says whether it was. */
function waitForCall({ roomId, rank }: Turn): boolean {
  for (let askAgainMs = 1_000; ; ) {
    sleep((askAgainMs * (1 + Math.random())) / 1_000);
    const answer = inRoom({ path: `/api/waiting-rooms/${roomId}/line`, name: 'line' });
    if (answer.status !== 200) {
      complain('The line', answer);
      continue;
    }
    const now = bodyOf<Line>(answer);
    if (rank !== null && rank <= now.calledUpTo) return true;
    // Nobody pays here, so what is held stays so: with no place left it is over.
    if (now.phase === 'closed' || now.placesLeft === 0) return false;
    askAgainMs = now.askAgainMs;
  }
}

/** Waits until let in, and answers the admission; nothing where all was sold before. */
export function goIn(turn: Turn): string | undefined {
  while (waitForCall(turn)) {
    const answer = inRoom({
      method: 'POST',
      path: `/api/waiting-rooms/${turn.roomId}/admissions`,
      headers: { 'x-turn': turn.turn },
      name: 'admission',
    });
    if (answer.status === 201) return bodyOf<Answer<typeof admit>>(answer).admission;
    const code = read(answer, 'code');
    if (code === 'sold_out') break;
    if (code !== 'not_your_turn') return refuse('An admission', answer);
  }
  toldSoldOut.add(1);
  return undefined;
}
