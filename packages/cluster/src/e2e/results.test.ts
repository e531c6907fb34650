import { expect, test } from 'vitest';
import { failedFiles, type Results, withThoseOfAgain } from './results.ts';

const file = (name: string, ...statuses: string[]) => ({
  name: `/house/${name}`,
  status: statuses.every((status) => status === 'passed') ? 'passed' : 'failed',
  assertionResults: statuses.map((status) => ({ status })),
});
const first: Results = { testResults: [file('a.ts', 'passed', 'passed'), file('b.ts', 'failed')] };

test('a file in which one test failed has failed', () => {
  expect(failedFiles(first, '/house')).toEqual(['b.ts']);
});

test('a file that broke off before its first test has failed', () => {
  const broken = { ...file('c.ts'), status: 'failed' };

  expect(failedFiles({ testResults: [broken] }, '/house')).toEqual(['c.ts']);
});

test('what was run again counts as it was then, and each file once', () => {
  const again: Results = { testResults: [file('b.ts', 'passed', 'passed', 'failed')] };

  expect(withThoseOfAgain(first, again)).toMatchObject({
    success: false,
    numTotalTests: 5,
    numPassedTests: 4,
    numFailedTests: 1,
  });
});

test('nothing has failed where all that was run again has passed', () => {
  const again: Results = { testResults: [file('b.ts', 'passed')] };

  expect(withThoseOfAgain(first, again)).toMatchObject({ success: true, numFailedTests: 0 });
});
