export type Loop = {
  start(): void;
  /** Resolves when the turn under way has ended. */
  stop(): Promise<void>;
  /** Cuts the pause short, or the next one when a turn is under way. */
  wake(): void;
};

/** Resolves after so long, or when `end`, which `ending` is given, is called. */
function sleep(ms: number, ending: (end: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    ending(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/**
 * Runs `turn` again and again, one at a time, with a pause of `pauseMs` in between; at once where
 * it answers `again`. A turn that fails is told to `onError`, which may answer another pause.
 *
 * However often it is woken, a turn begins `apartMs` after the one before at the soonest: what
 * comes meanwhile shares it, and what comes after a pause waits for nothing.
 */
export function createLoop({
  turn,
  pauseMs,
  apartMs = 0,
  onError,
  onStop = async () => {},
}: {
  turn: () => Promise<unknown>;
  pauseMs: number;
  apartMs?: number;
  onError: (error: unknown) => unknown;
  onStop?: () => Promise<unknown>;
}): Loop {
  let running: Promise<void> | undefined;
  let stopping = false;
  let woken = false;
  let endPause: () => void = () => {};
  let endRest: () => void = () => {};

  const pause = (ms: number) =>
    sleep(ms, (end) => {
      endPause = end;
    });
  const rest = (ms: number) =>
    sleep(ms, (end) => {
      endRest = end;
    });

  const run = async () => {
    while (!stopping) {
      woken = false;
      const began = performance.now();
      const answer = await turn().catch(onError);
      if (stopping || answer === 'again') continue;
      // A wake during the turn means work that the turn may not have seen.
      if (!woken) await pause(typeof answer === 'number' ? answer : pauseMs);
      const soonMs = began + apartMs - performance.now();
      if (!stopping && soonMs > 0) await rest(soonMs);
    }
  };

  return {
    start() {
      stopping = false;
      running ??= run();
    },
    async stop() {
      stopping = true;
      endPause();
      endRest();
      await running;
      running = undefined;
      await onStop().catch(onError);
    },
    wake() {
      woken = true;
      endPause();
    },
  };
}
