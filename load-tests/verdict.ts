/** So many sentences of what is wrong are shown; the rest is of the same kind. */
const mostShown = 20;

export type Verdict = ReturnType<typeof createVerdict>;

/** Counts what holds and what does not, and says what is wrong. */
export function createVerdict(say: (line: string) => void) {
  let passed = 0;
  let failed = 0;

  function holds(name: string, wrong: readonly string[]): void {
    if (wrong.length === 0) {
      passed += 1;
      say(`ok: ${name}`);
      return;
    }
    failed += 1;
    say(`FAILED: ${name}`);
    for (const what of wrong.slice(0, mostShown)) say(`  ${what}`);
    if (wrong.length > mostShown) say(`  and ${wrong.length - mostShown} more`);
  }

  return {
    holds,
    /** The same for what throws where something is wrong. */
    async passes(name: string, work: () => Promise<void>): Promise<void> {
      const wrong = await work().then(
        () => [],
        (error: unknown) => [error instanceof Error ? error.message : String(error)],
      );
      holds(name, wrong);
    },
    counts: () => ({ passed, failed }),
  };
}
