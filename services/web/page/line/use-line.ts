import { useEffect, useState } from 'react';
import { call } from '../api/call.ts';
import { askAfterMs, type Line } from './standing.ts';

/** A stream that is not there is worth another try, when the line has been asked for so long. */
const streamAgainMs = 120_000;

/**
 * How far the line has come, told as it moves; asked for, with pauses of chance, where the browser or
 * the network has no streams, or the room no more place for listeners. What was known last stays.
 */
export function useLine(first: Line): { line: Line; isLost: boolean } {
  const [line, setLine] = useState(first);
  const [isLost, setLost] = useState(false);
  const { roomId } = first;

  useEffect(() => {
    let failures = 0;
    let askAgainMs = first.askAgainMs;
    let asking: ReturnType<typeof setTimeout> | undefined;
    let listening: ReturnType<typeof setTimeout> | undefined;
    let source: EventSource | undefined;
    let isOver = false;

    const hear = (heard: Line) => {
      failures = 0;
      askAgainMs = heard.askAgainMs;
      setLine(heard);
      setLost(false);
    };
    const ask = async () => {
      try {
        hear(await call('get /api/waiting-rooms/{id}/line', { params: { id: roomId } }));
      } catch {
        failures += 1;
        setLost(true);
      }
      if (!isOver) askLater();
    };
    function askLater() {
      const isHidden = document.visibilityState === 'hidden';
      const afterMs = askAfterMs(askAgainMs, { chance: Math.random(), isHidden, failures });
      asking = setTimeout(ask, afterMs);
    }
    function listen() {
      source = new EventSource(`/api/waiting-rooms/${roomId}/live`);
      source.addEventListener('line', ({ data }) => hear(JSON.parse(data as string) as Line));
      source.addEventListener('error', () => {
        if (source?.readyState !== EventSource.CLOSED) return setLost(true);
        askLater();
        listening = setTimeout(() => {
          clearTimeout(asking);
          if (!isOver) listen();
        }, streamAgainMs);
      });
    }
    listen();
    // Who comes back to the page wants to know now, and so does a phone that has a network again.
    const askNow = () => {
      if (document.visibilityState === 'hidden' || source?.readyState === EventSource.OPEN) return;
      clearTimeout(asking);
      failures = 0;
      void ask();
    };
    document.addEventListener('visibilitychange', askNow);
    window.addEventListener('online', askNow);
    return () => {
      isOver = true;
      source?.close();
      clearTimeout(asking);
      clearTimeout(listening);
      document.removeEventListener('visibilitychange', askNow);
      window.removeEventListener('online', askNow);
    };
  }, [roomId, first.askAgainMs]);

  return { line, isLost };
}
