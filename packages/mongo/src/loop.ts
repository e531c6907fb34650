/** Runs `turn` again and again, one at a time, with a pause that `wake` cuts short. */
export function createLoop({
  turn,
  pauseMs,
  onError,
  onStop,
}: {
  turn: () => Promise<void>;
  pauseMs: number;
  onError: (error: unknown) => void;
  onStop: () => Promise<void>;
}): { start(): void; stop(): Promise<void>; wake(): void } {
  let running: Promise<void> | undefined;
  let stopping = false;
  let woken = false;
  let endPause: () => void = () => {};

  const pause = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, pauseMs);
      endPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const run = async () => {
    while (!stopping) {
      woken = false;
      await turn().catch(onError);
      // A wake during the turn means work that the turn may not have seen.
      if (!stopping && !woken) await pause();
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
