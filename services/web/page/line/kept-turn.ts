import { device } from '../storage.ts';

/** A place in line as this device has it. */
export type KeptTurn = {
  readonly turn: string;
  readonly roomId: string;
  readonly rank: number | null;
};
export type KeptAdmission = {
  readonly admission: string;
  readonly expiresAt: string;
  readonly roomId: string;
};

const turnPlace = (roomId: string) => `guichet.turn.${roomId}`;
const admissionPlace = (offeringId: string) => `guichet.admission.${offeringId}`;

function read<T>(place: string): T | undefined {
  try {
    return (JSON.parse(device.get(place) ?? 'null') as T | null) ?? undefined;
  } catch {
    return undefined;
  }
}

export const turnOf = (roomId: string): KeptTurn | undefined => read(turnPlace(roomId));
export const keepTurn = (kept: KeptTurn): void =>
  device.set(turnPlace(kept.roomId), JSON.stringify(kept));
export const forgetTurn = (roomId: string): void => device.remove(turnPlace(roomId));

export const keepAdmission = (offeringId: string, kept: KeptAdmission): void =>
  device.set(admissionPlace(offeringId), JSON.stringify(kept));
/** One booking comes of an admission, and one admission of a turn: whoever wants more joins again. */
export function spendAdmission(offeringId: string): void {
  const kept = read<KeptAdmission>(admissionPlace(offeringId));
  if (kept) forgetTurn(kept.roomId);
  forgetAdmission(offeringId);
}
export const forgetAdmission = (offeringId: string): void =>
  device.remove(admissionPlace(offeringId));

/** Leave to buy of an offering, while it is good. */
export function admissionOf(offeringId: string, now: number): KeptAdmission | undefined {
  const kept = read<KeptAdmission>(admissionPlace(offeringId));
  return kept && Date.parse(kept.expiresAt) > now ? kept : undefined;
}

/** What a turn says of itself; it is the server that looks whether it is right. */
function claimsOf(turn: string): { room?: unknown; rank?: unknown } {
  try {
    const payload = turn.split('.')[1] ?? '';
    return JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/')));
  } catch {
    return {};
  }
}

const beginning = '#turn=';

/** Takes over the turn of a link from another device, cleans the address, and says if there was one. */
export function takeTurnFromLink(): boolean {
  if (!location.hash.startsWith(beginning)) return false;
  const turn = location.hash.slice(beginning.length);
  const { room, rank } = claimsOf(turn);
  history.replaceState(history.state, '', location.pathname + location.search);
  if (typeof room !== 'string') return false;
  keepTurn({ turn, roomId: room, rank: typeof rank === 'number' ? rank : null });
  return true;
}

/** An address that brings the turn to whoever opens it. */
export const linkTo = ({ turn }: KeptTurn): string =>
  `${location.origin}${location.pathname}${beginning}${turn}`;
