import { useEffect, useState } from 'react';
import { call } from '../api/call.ts';
import type { Line } from './standing.ts';
import { watchLine } from './watch-line.ts';

/** How far the line has come, as it moves; where nothing answers, what was known last. */
export function useLine(first: Line): { line: Line; isLost: boolean } {
  const [line, setLine] = useState(first);
  const [isLost, setLost] = useState(false);
  const { roomId, askAgainMs } = first;
  useEffect(
    () =>
      watchLine({
        url: `/api/waiting-rooms/${roomId}/live`,
        askAgainMs,
        ask: () => call('get /api/waiting-rooms/{id}/line', { params: { id: roomId } }),
        onLine(heard) {
          setLine(heard);
          setLost(false);
        },
        onLost: () => setLost(true),
      }),
    [roomId, askAgainMs],
  );
  return { line, isLost };
}
