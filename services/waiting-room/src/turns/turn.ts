import type { TurnView } from '@guichet/contracts/lines';
import type { Turn } from './turn-store.ts';

/** What has become of a turn. */
export function stateOf(turn: Turn): TurnView['state'] {
  if (turn.isLapsed) return 'lapsed';
  if (turn.phase === 'closed') return 'closed';
  if (turn.admittedAt) return 'admitted';
  if (turn.rank === null) return 'before_draw';
  return turn.isCalled ? 'called' : 'waiting';
}
