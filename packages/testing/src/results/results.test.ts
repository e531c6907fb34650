import { expect, test } from 'vitest';
import { type Results, whatFailed, withThoseOfAgain } from './results.ts';

const file = (name: string, tests: Record<string, string>) => ({
  name: `/house/${name}`,
  status: Object.values(tests).includes('failed') ? 'failed' : 'passed',
  assertionResults: Object.entries(tests).map(([title, status]) => ({
    ancestorTitles: ['a cluster'],
    title,
    status,
  })),
});
const results = (...testResults: Results['testResults']): Results => ({ testResults });

test('a file in which one test failed is proven again, with all of its tests', () => {
  const first = results(
    file('a.ts', { one: 'passed' }),
    file('b.ts', { two: 'failed', three: 'passed' }),
  );

  const { files, pattern = '' } = whatFailed(first, '/house');

  expect(files).toEqual(['b.ts']);
  const names = ['a cluster > one', 'a cluster > two', 'a cluster > three'];
  expect(names.filter((name) => new RegExp(pattern).test(name))).toEqual(names.slice(1));
});

test('of proofs that stand alone only those that failed are proven again', () => {
  const first = results(
    file('src/cluster.cluster.test.ts', {
      'sells (R1)': 'failed',
      sells: 'passed',
      'sells (R1) twice': 'passed',
    }),
  );

  const { files, pattern = '' } = whatFailed(first, '/house');

  expect(files).toEqual(['src/cluster.cluster.test.ts']);
  const names = ['sells (R1)', 'sells', 'sells (R1) twice'].map((name) => `a cluster > ${name}`);
  expect(names.filter((name) => new RegExp(pattern).test(name))).toEqual(names.slice(0, 1));
});

test('a file that broke off before its first test is proven again whole', () => {
  const broken = { ...file('c.ts', {}), status: 'failed' };
  const first = results(broken, file('b.ts', { two: 'failed' }));

  expect(whatFailed(first, '/house')).toEqual({ files: ['c.ts', 'b.ts'], pattern: undefined });
});

test('what was proven again counts as it was then, what was left out as it was before', () => {
  const first = results(
    file('a.ts', { one: 'passed' }),
    file('b.ts', { two: 'failed', three: 'passed', four: 'failed' }),
    { ...file('c.ts', {}), status: 'failed' },
  );
  const again = results(
    file('b.ts', { two: 'passed', three: 'skipped', four: 'failed' }),
    file('c.ts', { five: 'passed' }),
  );

  const both = withThoseOfAgain(first, again);

  expect(both).toMatchObject({
    success: false,
    numTotalTests: 5,
    numPassedTests: 4,
    numFailedTests: 1,
    numPendingTests: 0,
  });
  expect(both.testResults.map(({ status }) => status)).toEqual(['passed', 'failed', 'passed']);
});

test('nothing has failed where all that failed has passed', () => {
  const first = results(file('b.ts', { two: 'failed', three: 'passed' }));
  const again = results(file('b.ts', { two: 'passed', three: 'skipped' }));

  expect(withThoseOfAgain(first, again)).toMatchObject({
    success: true,
    numPassedTests: 2,
    numFailedTests: 0,
  });
});
