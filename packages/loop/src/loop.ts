export type Loop = {
  start(): void;
  /** Resolves when the turn under way has ended. */
  stop(): Promise<void>;
  /** Cuts the pause short, or the next one when a turn is under way. */
  wake(): void;
};

/**
 * Runs `turn` again and again, one at a time, with a pause of `pauseMs` in between; at once where
 * it answers `again`. A turn that fails is told to `onError`, which may answer another pause.
 */
export function createLoop({
  turn,
  pauseMs,
  onError,
  onStop = async () => {},
}: {
  turn: () => Promise<unknown>;
  pauseMs: number;
  onError: (error: unknown) => unknown;
  onStop?: () => Promise<unknown>;
}): Loop {
  let running: Promise<void> | undefined;
  let stopping = false;
  let woken = false;
  let endPause: () => void = () => {};

  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      endPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const run = async () => {
    while (!stopping) {
      woken = false;
      const answer = await turn().catch(onError);
      const ms = typeof answer === 'number' ? answer : pauseMs;
      // A wake during the turn means work that the turn may not have seen.
      if (!stopping && !woken && answer !== 'again') await pause(ms);
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
