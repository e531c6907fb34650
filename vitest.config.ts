import { defineConfig } from 'vitest/config';

const test = {
  // What does not come in so long on a busy machine does not come.
  expect: { requireAssertions: true, poll: { timeout: 20_000 } },
  testTimeout: 60_000,
  hookTimeout: 120_000,
  teardownTimeout: 60_000,
};
/** A browser and what it looks at share two cores here: what fails once is tried once more. */
const retry = 1;
const journeys = 'packages/local-stack/src/journeys/*.browser.test.ts';
const tests = '{packages,services}/*/{src,page,build}/**/*.test.{ts,tsx}';

/*
 * Seven runs: `services` on servers that it starts itself (make test); `browser` needs Chromium, and
 * `journeys` a whole stack beside it, which it starts once (make browser, and the first of them in
 * make test); `charts` needs Helm, `observe` the programs of Prometheus and Loki,
 * `cluster` a cluster, and `load` k6 and a whole stack beside it (make e2e).
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...test,
          name: 'services',
          include: [tests, '{cdk8s/src,load-tests,observability}/**/*.test.ts'],
          exclude: ['**/*.{browser,charts,cluster,load,observe}.test.ts', '**/node_modules/**'],
          globalSetup: ['packages/local-stack/src/test-servers.ts'],
          // They wait for servers more than they work; on two cores what they start has its share.
          maxWorkers: 2,
        },
      },
      {
        test: {
          ...test,
          name: 'browser',
          include: ['{packages,services}/*/src/**/*.browser.test.ts'],
          exclude: [journeys, '**/node_modules/**'],
          testTimeout: 120_000,
          retry,
          // What a browser draws slowly beside another must not look like a page that moves.
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          ...test,
          name: 'journeys',
          include: [journeys],
          globalSetup: ['packages/local-stack/src/journeys/page-stack.ts'],
          testTimeout: 120_000,
          retry,
          // What people do is mostly waiting, for the page and for each other.
          maxWorkers: 2,
          sequence: { groupOrder: 3 },
        },
      },
      {
        test: { ...test, name: 'charts', include: ['{cdk8s,packages/*}/src/**/*.charts.test.ts'] },
      },
      {
        test: {
          ...test,
          name: 'observe',
          include: ['{observability,packages/*/src}/**/*.observe.test.ts'],
          fileParallelism: false,
        },
      },
      {
        test: {
          ...test,
          name: 'cluster',
          include: ['packages/*/src/**/*.cluster.test.ts'],
          testTimeout: 300_000,
          hookTimeout: 600_000,
          // There is one cluster, and two cores under it.
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          ...test,
          name: 'load',
          include: ['{load-tests,observability}/**/*.load.test.ts'],
          // When nothing runs in the cluster any more.
          sequence: { groupOrder: 4 },
        },
      },
    ],
  },
});
