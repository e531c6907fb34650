import { askAfterMs, type Line } from './standing.ts';

/** A stream may say nothing for so long; then the line is asked for, to hear that all is well. */
const silentMs = 30_000;
/** A stream that broke is tried again after so long, and by chance up to twice as long. */
const streamAgainMs = 30_000;

type Watch = {
  /** Where news come by themselves. */
  readonly url: string;
  readonly askAgainMs: number;
  readonly ask: () => Promise<Line>;
  readonly onLine: (line: Line) => void;
  /** No news, and no answer. */
  readonly onLost: () => void;
};

/**
 * Follows a line until it is stopped: by a stream where there is one, else by asking. One question is
 * under way at a time, and each comes after a pause of chance, so that a crowd whose streams break
 * together does not come back together. Whoever looks at the page again asks at once.
 */
export function watchLine({ url, ask, onLine, onLost, ...first }: Watch): () => void {
  let askAgainMs = first.askAgainMs;
  let failures = 0;
  let isAsking = false;
  let isOver = false;
  let source: EventSource | undefined;
  let next: ReturnType<typeof setTimeout> | undefined;
  let again: ReturnType<typeof setTimeout> | undefined;

  function plan(): void {
    clearTimeout(next);
    const isHidden = document.visibilityState === 'hidden';
    const pauseMs = source
      ? silentMs * (1 + Math.random())
      : askAfterMs(askAgainMs, { chance: Math.random(), isHidden, failures });
    next = setTimeout(askNow, pauseMs);
  }
  function hear(line: Line): void {
    if (isOver) return;
    failures = 0;
    askAgainMs = line.askAgainMs;
    onLine(line);
    plan();
  }
  async function askNow(): Promise<void> {
    if (isAsking || isOver) return;
    isAsking = true;
    try {
      hear(await ask());
    } catch {
      failures += 1;
      if (!isOver) onLost();
      if (!isOver) plan();
    } finally {
      isAsking = false;
    }
  }
  function listen(): void {
    if (isOver) return;
    const stream = new EventSource(url);
    source = stream;
    stream.addEventListener('line', ({ data }) => hear(JSON.parse(data as string) as Line));
    // The browser would come back by itself, with all the others and in the same second.
    stream.addEventListener('error', () => {
      stream.close();
      source = undefined;
      plan();
      again = setTimeout(listen, streamAgainMs * (1 + Math.random()));
    });
    plan();
  }
  const look = () => {
    if (document.visibilityState === 'visible' && !source) void askNow();
  };
  listen();
  document.addEventListener('visibilitychange', look);
  window.addEventListener('online', look);
  return () => {
    isOver = true;
    source?.close();
    clearTimeout(next);
    clearTimeout(again);
    document.removeEventListener('visibilitychange', look);
    window.removeEventListener('online', look);
  };
}
