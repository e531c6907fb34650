import { relative } from 'node:path';
import { z } from 'zod';

const testResult = z.looseObject({
  ancestorTitles: z.array(z.string()),
  title: z.string(),
  status: z.string(),
});
/** What vitest writes as JSON, as far as it is read here; the rest is kept as it is. */
const fileResult = z.looseObject({
  name: z.string(),
  status: z.string(),
  assertionResults: z.array(testResult),
});
export const resultsSchema = z.looseObject({ testResults: z.array(fileResult) });
export type Results = z.infer<typeof resultsSchema>;
type FileResult = Results['testResults'][number];
type TestResult = FileResult['assertionResults'][number];

const leftOut: readonly string[] = ['pending', 'skipped', 'disabled'];
const hasFailed = ({ status }: TestResult) => status === 'failed';
/** As vitest joins it before it looks for a pattern in it. */
const fullName = ({ ancestorTitles, title }: TestResult) => [...ancestorTitles, title].join(' > ');

/** Its proofs need none of each other: what they need of the cluster they set up where it is not. */
const standAlone = ({ name }: FileResult) => name.endsWith('/cluster.cluster.test.ts');

/** What is to be proven again: the files, and which of their tests; all of them where it says none. */
export type Again = { readonly files: string[]; readonly pattern: string | undefined };

/**
 * The files in which something failed, seen from the repository’s root. Where the tests of a file
 * stand alone, those that failed are enough.
 */
export function whatFailed({ testResults }: Results, root: string): Again {
  const failed = testResults.filter(({ status }) => status !== 'passed');
  const files = failed.map(({ name }) => relative(root, name));
  const named = failed.map((file) => {
    const tests = file.assertionResults;
    return standAlone(file) ? tests.filter(hasFailed) : tests;
  });
  // A file that broke off before its first test names none.
  if (named.some((tests) => tests.length === 0)) return { files, pattern: undefined };
  const names = named.flat().map((test) => RegExp.escape(fullName(test)));
  return { files, pattern: `^(${names.join('|')})$` };
}

/** A file as it is after some of its tests were run again. */
function anewOf(first: FileResult, again: FileResult): FileResult {
  if (first.assertionResults.length === 0) return again;
  const anew = new Map(
    again.assertionResults
      .filter(({ status }) => !leftOut.includes(status))
      .map((test) => [fullName(test), test]),
  );
  const assertionResults = first.assertionResults.map((test) => anew.get(fullName(test)) ?? test);
  const status = assertionResults.some(hasFailed) ? 'failed' : again.status;
  return { ...first, status, assertionResults };
}

/** The first results with the tests that were run again in place of what they were, counted anew. */
export function withThoseOfAgain(first: Results, again: Results): Results {
  const anew = new Map(again.testResults.map((file) => [file.name, file]));
  const testResults = first.testResults.map((file) => {
    const then = anew.get(file.name);
    return then ? anewOf(file, then) : file;
  });
  const all = testResults.flatMap(({ assertionResults }) => assertionResults);
  const count = (...statuses: readonly string[]) =>
    all.filter(({ status }) => statuses.includes(status)).length;
  return {
    ...first,
    testResults,
    success: testResults.every(({ status }) => status === 'passed'),
    numTotalTests: all.length,
    numPassedTests: count('passed'),
    numFailedTests: count('failed'),
    numPendingTests: count(...leftOut),
    numTodoTests: count('todo'),
  };
}
