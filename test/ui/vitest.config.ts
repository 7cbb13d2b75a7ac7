import path from 'node:path';
import { defineConfig } from 'vitest/config';

/** A person's paths: each starts a VS Code of its own, so they run one after another. */
export default defineConfig({
  root: path.resolve(import.meta.dirname, '..', '..'),
  resolve: { tsconfigPaths: true },
  test: {
    include: ['test/ui/**/*.test.ts'],
    // It kills and starts VS Code again and again: `npm run test:killed-host`.
    exclude: process.env['npm_lifecycle_event'] === 'test:killed-host' ? [] : ['test/ui/killed-host.test.ts'],
    fileParallelism: false,
    // As long as a person would wait; a second is not much on two busy cores.
    expect: { poll: { timeout: 20_000 } },
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
});
