/** One thing that must be so, and what to do where it is not. */
export type Check = {
  readonly name: string;
  readonly advice: string;
  /** What was seen; throws why it is not so. */
  see(): Promise<string>;
};

export type Verdict = { readonly passed: boolean; readonly line: string };

const reasonOf = (error: unknown) => (error as Error).message.replaceAll(/\s*\n\s*/g, ' ');

/** Sees for itself, in one line. */
export async function judge({ name, advice, see }: Check): Promise<Verdict> {
  try {
    return { passed: true, line: `ok      ${name}: ${await see()}` };
  } catch (error) {
    return { passed: false, line: `FAILED  ${name} because ${reasonOf(error)}; ${advice}` };
  }
}
