import path from 'node:path';
import { defineConfig } from 'vitest/config';

/** A person's paths: each starts a VS Code of its own, so they run one after another. */
export default defineConfig({
  root: path.resolve(import.meta.dirname, '..', '..'),
  resolve: { tsconfigPaths: true },
  test: {
    include: ['test/ui/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
});
