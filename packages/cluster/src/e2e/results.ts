import { relative } from 'node:path';
import { z } from 'zod';

/** What vitest writes as JSON, as far as it is read here; the rest is kept as it is. */
const fileResult = z.looseObject({
  name: z.string(),
  status: z.string(),
  assertionResults: z.array(z.looseObject({ status: z.string() })),
});
export const resultsSchema = z.looseObject({ testResults: z.array(fileResult) });
export type Results = z.infer<typeof resultsSchema>;

/** The files in which something failed, seen from the repository’s root. */
export const failedFiles = ({ testResults }: Results, root: string): string[] =>
  testResults.filter(({ status }) => status !== 'passed').map(({ name }) => relative(root, name));

/** The first results with the files that were run again in place of what they were, counted anew. */
export function withThoseOfAgain(first: Results, again: Results): Results {
  const anew = new Map(again.testResults.map((file) => [file.name, file]));
  const testResults = [
    ...first.testResults.filter(({ name }) => !anew.has(name)),
    ...again.testResults,
  ];
  const all = testResults.flatMap(({ assertionResults }) => assertionResults);
  const count = (...statuses: string[]) =>
    all.filter(({ status }) => statuses.includes(status)).length;
  return {
    ...first,
    testResults,
    success: testResults.every(({ status }) => status === 'passed'),
    numTotalTests: all.length,
    numPassedTests: count('passed'),
    numFailedTests: count('failed'),
    numPendingTests: count('pending', 'skipped', 'disabled'),
    numTodoTests: count('todo'),
  };
}
