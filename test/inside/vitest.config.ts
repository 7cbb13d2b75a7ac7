import { defineConfig } from 'vitest/config';

/** The engine itself, with weights that know nothing: `fetch.ts` has to have run. */
export default defineConfig({
  resolve: { tsconfigPaths: true },
  test: {
    root: `${import.meta.dirname}/../..`,
    include: ['test/inside/**/*.test.ts'],
    // Each starts a process with llama.cpp; two at once would only wait for each other's cores.
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
