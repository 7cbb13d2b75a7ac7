import { fileURLToPath } from 'node:url';

/** A TypeScript program as a file that Node runs, for benchmarks and tests that start processes of their own. */
export interface Bundled {
  readonly file: string;
  dispose(): Promise<void>;
}

/** Bundles the program at a `file:` URL the way `scripts/run-ts.mjs` does. */
export async function bundled(program: URL): Promise<Bundled> {
  const script = new URL('../../scripts/run-ts.mjs', import.meta.url).href;
  // A name known only at run time: inside another bundle the script would not find its own folder.
  const { bundle } = (await import(script)) as { bundle: (entry: string) => Promise<Bundled> };
  return bundle(fileURLToPath(program));
}
