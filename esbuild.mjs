/**
 * Builds everything VS Code loads: `node esbuild.mjs [--production] [--watch] [--tests]`.
 *
 * dist/extension.cjs   what activate() needs, and nothing else
 * dist/<name>-<hash>.cjs   a file for every `import('...')` in src/: loaded when it is first awaited
 * dist/{dashboard,answer}.{js,css}   the pages shown in webviews
 * dist/wasm/           the tree-sitter runtime and grammars
 * dist/codicons/       VS Code's icon font, for the pages
 * out/vscode/          with --tests: the Mocha suites for the extension host
 */
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as esbuild from 'esbuild';

const ROOT = import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname);
const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');
const tests = process.argv.includes('--tests');

/** Node of the oldest VS Code in `engines.vscode` (1.105: Electron 37). */
const HOST_TARGET = 'node22';
const WEBVIEW_TARGET = 'chrome138';

const GRAMMARS = ['typescript', 'tsx', 'javascript', 'python', 'go', 'rust', 'java'];
const PAGES = ['dashboard', 'answer'].map((page) => `src/${page}/main.tsx`);

/**
 * A file imported by name and by `import()` must be one module at run time, or `instanceof ModelError` is
 * false for an error thrown in a split-off file. esbuild shares code between split files only in its ESM
 * format, and VS Code's `main` is CommonJS here; so it is split as ESM, then each file is made CommonJS.
 * `import()` becomes a deferred `require()`: same laziness, and `default` keeps its meaning.
 * @type {esbuild.Plugin}
 */
const toCommonJs = {
  name: 'to-commonjs',
  setup(build) {
    build.onEnd(async (result) => {
      if (result.errors.length > 0) return undefined;
      /** @type {esbuild.PartialMessage[]} */
      const errors = [];
      const outputs = result.outputFiles ?? [];
      const fresh = new Set(outputs.map((output) => path.basename(output.path)));
      const dist = path.join(ROOT, 'dist');
      await mkdir(dist, { recursive: true });
      for (const output of outputs) {
        const { code, warnings } = await esbuild.transform(output.text, {
          format: 'cjs',
          platform: 'node',
          target: HOST_TARGET,
          minify: production,
          sourcemap: production ? false : 'inline',
          sourcefile: path.basename(output.path),
          legalComments: 'none',
          supported: { 'dynamic-import': false },
        });
        // `import.meta` is empty in CommonJS: whatever asks for it fails at run time only, so it fails here.
        errors.push(...warnings.map(({ text }) => ({ text: `${path.basename(output.path)}: ${text}` })));
        await writeFile(output.path, code);
      }
      // Names carry a hash; what an earlier build left would be packaged for ever.
      for (const name of await readdir(dist)) {
        if (name.endsWith('.cjs') && !fresh.has(name)) await rm(path.join(dist, name));
      }
      await mkdir(path.join(ROOT, 'out'), { recursive: true });
      await writeFile(path.join(ROOT, 'out', 'meta.json'), JSON.stringify(result.metafile));
      for (const line of await esbuild.formatMessages(errors, { kind: 'error', color: true })) {
        console.error(line);
      }
      return { errors };
    });
  },
};

/** @type {esbuild.BuildOptions} */
const extension = {
  entryPoints: { extension: 'src/extension.ts' },
  outdir: 'dist',
  outExtension: { '.js': '.cjs' },
  chunkNames: '[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: HOST_TARGET,
  external: ['vscode'],
  minify: production,
  sourcemap: production ? false : 'inline',
  legalComments: 'none',
  metafile: true,
  write: false,
  // Its ES module asks for `import.meta.url` and for a `require` of its own; this one needs neither.
  alias: { 'web-tree-sitter': path.join(ROOT, 'node_modules', 'web-tree-sitter', 'web-tree-sitter.cjs') },
  plugins: [toCommonJs],
  logLevel: 'warning',
};

/** @type {esbuild.BuildOptions} */
const pages = {
  entryPoints: PAGES.filter((file) => existsSync(path.join(ROOT, file))).map((file) => ({
    in: file,
    out: path.basename(path.dirname(file)),
  })),
  outdir: 'dist',
  bundle: true,
  format: 'iife',
  platform: 'browser',
  target: WEBVIEW_TARGET,
  jsx: 'automatic',
  jsxImportSource: 'preact',
  minify: production,
  sourcemap: production ? false : 'inline',
  legalComments: 'none',
  define: { 'process.env.NODE_ENV': JSON.stringify(production ? 'production' : 'development') },
  logLevel: 'warning',
};

/** @type {esbuild.BuildOptions} */
const suites = {
  entryPoints: [
    'test/vscode/index.ts',
    'test/vscode/*.test.ts',
    'test/vscode/*.model.ts',
    'test/vscode/*.folders.ts',
  ],
  outdir: 'out/vscode',
  outExtension: { '.js': '.cjs' },
  bundle: true,
  format: 'cjs',
  platform: 'node',
  target: HOST_TARGET,
  external: ['vscode', 'mocha'],
  sourcemap: 'inline',
  define: { 'import.meta.url': '__importMetaUrl' },
  banner: { js: 'const __importMetaUrl = require("node:url").pathToFileURL(__filename).href;' },
  logLevel: 'error',
};

async function copyAssets() {
  const from = path.join(ROOT, 'node_modules');
  const to = path.join(ROOT, 'dist');
  await mkdir(path.join(to, 'wasm'), { recursive: true });
  await cp(
    path.join(from, 'web-tree-sitter', 'web-tree-sitter.wasm'),
    path.join(to, 'wasm', 'web-tree-sitter.wasm'),
  );
  for (const grammar of GRAMMARS) {
    const name = `tree-sitter-${grammar}.wasm`;
    await cp(path.join(from, '@vscode', 'tree-sitter-wasm', 'wasm', name), path.join(to, 'wasm', name));
  }
  await mkdir(path.join(to, 'codicons'), { recursive: true });
  for (const name of ['codicon.css', 'codicon.ttf']) {
    await cp(path.join(from, '@vscode', 'codicons', 'dist', name), path.join(to, 'codicons', name));
  }
}

process.chdir(ROOT);
if (production) await rm(path.join(ROOT, 'dist'), { recursive: true, force: true });
const builds = [extension, pages, ...(tests ? [suites] : [])];
try {
  if (watch) {
    const contexts = await Promise.all(
      builds.map((options) => esbuild.context({ ...options, logLevel: 'info' })),
    );
    await copyAssets();
    await Promise.all(contexts.map((context) => context.watch()));
  } else {
    await Promise.all([...builds.map((options) => esbuild.build(options)), copyAssets()]);
  }
} catch (error) {
  // esbuild has printed its own errors, with the lines they are about.
  if (!error.errors) console.error(error);
  process.exitCode = 1;
}
