/**
 * Runs a TypeScript file: `node scripts/run-ts.mjs [--node-flag...] FILE [ARGS...]`, exit code passed on.
 *
 * The project's own files are bundled (tsconfig `paths` and JSON imports work); packages stay outside the
 * bundle and are resolved from the project, so that native and ESM-only ones work as they are.
 */
import { spawn } from 'node:child_process';
import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import * as esbuild from 'esbuild';

export const PROJECT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/**
 * In a bundle `import.meta` is the bundle's. `new URL('fixtures/', import.meta.url)` has to mean the folder
 * of the file that says so, hence each file gets its own values written in.
 * @type {esbuild.Plugin}
 */
const ownImportMeta = {
  name: 'own-import-meta',
  setup(build) {
    build.onLoad({ filter: /\.tsx?$/ }, async ({ path: file }) => {
      if (file.includes(`${path.sep}node_modules${path.sep}`)) return undefined;
      const source = await readFile(file, 'utf8');
      if (!source.includes('import.meta.')) return undefined;
      const contents = source
        .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(file).href))
        .replaceAll('import.meta.dirname', JSON.stringify(path.dirname(file)))
        .replaceAll('import.meta.filename', JSON.stringify(file));
      return { contents, loader: file.endsWith('x') ? 'tsx' : 'ts' };
    });
  },
};

/**
 * Bundles `entry` (absolute, or relative to the working folder) into an ES module and gives its path.
 * It lies below the project's `node_modules`, from where Node finds the packages; `dispose` removes it.
 * @param {string} entry
 * @returns {Promise<{ file: string, dispose: () => Promise<void> }>}
 */
export async function bundle(entry) {
  const parent = path.join(PROJECT, 'node_modules', '.cache', 'run-ts');
  const name = path.basename(entry).replace(/\.tsx?$/, '');
  const folder = path.join(parent, `${name}-${process.pid}-${Date.now().toString(36)}`);
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, `${name}.mjs`);
  const dispose = () => rm(folder, { recursive: true, force: true });
  try {
    await esbuild.build({
      entryPoints: [path.resolve(entry)],
      outfile: file,
      absWorkingDir: PROJECT,
      bundle: true,
      packages: 'external',
      platform: 'node',
      format: 'esm',
      target: 'node20',
      sourcemap: 'inline',
      logLevel: 'warning',
      tsconfig: path.join(PROJECT, 'tsconfig.json'),
      plugins: [ownImportMeta],
    });
  } catch (error) {
    await dispose();
    throw error;
  }
  return { file, dispose };
}

/** Signals travel to the child by the terminal's process group or by us; we only wait for its end. */
async function main() {
  const rest = process.argv.slice(2);
  const at = rest.findIndex((argument) => !argument.startsWith('--'));
  const entry = rest[at];
  if (entry === undefined) {
    console.error('Usage: node scripts/run-ts.mjs [--node-flag...] FILE.ts [ARGS...]');
    return 2;
  }
  const built = await bundle(entry).catch((error) => {
    // esbuild has printed what it did not like; anything else is ours to show.
    if (!error.errors) console.error(error);
    return undefined;
  });
  if (!built) return 1;

  const nodeFlags = ['--enable-source-maps', ...rest.slice(0, at)];
  const child = spawn(process.execPath, [...nodeFlags, built.file, ...rest.slice(at + 1)], {
    stdio: 'inherit',
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => child.kill(signal));
  }
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    // 128 is what a shell reports for a program that a signal ended.
    child.once('exit', (exitCode) => resolve(exitCode ?? 128));
  }).finally(built.dispose);
  return code;
}

if (process.argv[1] && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  process.exitCode = await main();
}
