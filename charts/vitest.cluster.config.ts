import { defineConfig } from 'vitest/config';

/** Tests on a cluster that is up and has the images: by `vitest run --config charts/vitest.cluster.config.ts`. */
export default defineConfig({
  test: {
    include: ['charts/*.cluster.ts'],
    expect: { requireAssertions: true },
    testTimeout: 300_000,
    hookTimeout: 600_000,
    // What one test wrote, the next one looks for.
    bail: 1,
  },
});
