/**
 * Makes switchyard-<version>.vsix in the project's folder: `npm run package`. With `-- --target linux-x64` (or another
 * platform of scripts/engine/targets.ts) it makes switchyard-<platform>-<version>.vsix, which has the engine inside.
 * The extension is one bundle; what VS Code loads is in it, and no `node_modules`.
 */
import { execFile } from 'node:child_process';
import { readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs, promisify } from 'node:util';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const ENGINE = path.join(ROOT, 'dist', 'engine');
const MAX_BYTES = 2_000_000;
/** llama.cpp for every kind of CPU of a platform, compressed, is 8 to 10 MB; a GPU's library would be ten times that. */
const MAX_BYTES_WITH_ENGINE = 16_000_000;
/** What activate() may cost before the first request: a few milliseconds of reading and compiling. */
const MAX_STARTUP_BYTES = 50_000;

/**
 * Builds for production and packages.
 * @param {string[]} buildFlags more flags for esbuild.mjs
 * @param {string} [target] a platform, whose engine comes along; absent: for all platforms, without an engine
 * @returns {Promise<string>} the file's absolute path
 */
export async function makePackage(buildFlags = [], target) {
  const { version } = JSON.parse(await readFile(path.join(ROOT, 'package.json'), 'utf8'));
  const file = path.join(ROOT, `switchyard-${target ? `${target}-` : ''}${version}.vsix`);
  await node(['esbuild.mjs', '--production', ...buildFlags]);
  const startup = await startupBytes();
  if (startup > MAX_STARTUP_BYTES) {
    throw new Error(
      `activate() loads ${startup} bytes, more than ${MAX_STARTUP_BYTES}: import() what can wait.`,
    );
  }
  if (target) await addEngine(target);
  const vsce = path.join(ROOT, 'node_modules', '@vscode', 'vsce', 'vsce');
  // Its rules ask for a repository's address, which the project does not have yet; pictures in the README would
  // be looked for there.
  const flags = [
    '--no-dependencies',
    '--allow-missing-repository',
    '--no-rewrite-relative-links',
    ...(target ? ['--target', target] : []),
  ];
  await node([vsce, 'package', ...flags, '--out', file]);

  const names = await namesInZip(file);
  const modules = names.filter((name) => name.includes('node_modules/'));
  if (modules.length > 0) throw new Error(`The package holds node_modules: ${modules[0]}`);
  const strangers = names.filter((name) => /\/(src|test|scripts|out)\/|\.map$|\.ts$/.test(name));
  if (strangers.length > 0) throw new Error(`The package holds what VS Code never loads: ${strangers[0]}`);
  const { size } = await stat(file);
  const most = target ? MAX_BYTES_WITH_ENGINE : MAX_BYTES;
  if (size > most) throw new Error(`The package has ${size} bytes, more than ${most}.`);
  return file;
}

/**
 * Puts the engine for `target` into dist/engine, fetched from npm where the cache has it not.
 * @param {string} target
 */
export async function addEngine(target) {
  const { bundle } = await import('./run-ts.mjs');
  const entries = ['assemble', 'targets'].map((name) => path.join(ROOT, 'scripts', 'engine', `${name}.ts`));
  const [assemble, targets] = await Promise.all(
    entries.map(async (entry) => {
      const { file, dispose } = await bundle(entry);
      return import(pathToFileURL(file).href).finally(dispose);
    }),
  );
  if (!targets.isTarget(target)) {
    throw new Error(
      `There is no engine for '${target}'. There are: ${Object.keys(targets.TARGETS).join(', ')}.`,
    );
  }
  await assemble.assembleEngine(target, ENGINE);
}

export const removeEngine = () => rm(ENGINE, { recursive: true, force: true });

/** Bytes of dist/extension.cjs and of every file it needs at once, from what esbuild wrote about its output. */
async function startupBytes() {
  const { outputs } = JSON.parse(await readFile(path.join(ROOT, 'out', 'meta.json'), 'utf8'));
  const loaded = new Set();
  const load = (/** @type {string} */ file) => {
    if (loaded.has(file)) return;
    loaded.add(file);
    for (const { path: next, kind, external } of outputs[file].imports) {
      if (!external && kind !== 'dynamic-import') load(next);
    }
  };
  load('dist/extension.cjs');
  return [...loaded].reduce((sum, file) => sum + outputs[file].bytes, 0);
}

/** @param {string[]} args */
async function node(args) {
  try {
    await promisify(execFile)(process.execPath, args, { cwd: ROOT });
  } catch (error) {
    throw new Error(`node ${args[0]} failed:\n${error.stdout}${error.stderr}`, { cause: error });
  }
}

/**
 * File names from a zip's central directory: each of its entries starts with PK\x01\x02, has the name's length
 * at byte 28 and the name at byte 46 (PKWARE APPNOTE 4.3.12).
 * @param {string} file
 */
async function namesInZip(file) {
  const zip = await readFile(file);
  const mark = Buffer.from('PK\x01\x02', 'latin1');
  const names = [];
  for (let at = zip.indexOf(mark); at !== -1; at = zip.indexOf(mark, at + 46)) {
    names.push(zip.toString('utf8', at + 46, at + 46 + zip.readUInt16LE(at + 28)));
  }
  return names;
}

if (process.argv[1] && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    const { values } = parseArgs({ options: { target: { type: 'string' } } });
    const file = await makePackage([], values.target);
    const { size } = await stat(file);
    console.log(`${path.relative(ROOT, file)}: ${(size / 1e6).toFixed(2)} MB`);
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
