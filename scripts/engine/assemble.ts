import { cp, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as esbuild from 'esbuild';
import { PROJECT } from '../../test/host/places';
import { binding, library } from './fetch';
import type { Target } from './targets';

// Not written as one word: `run-ts.mjs` puts this file's own address wherever it finds that.
const OWN_URL = ['import', 'meta', 'url'].join('.');
const REQUIRE = `import { createRequire as createRequire_ } from 'node:module';const require = createRequire_(${OWN_URL});`;

/**
 * Puts the engine for one platform together, ready to be forked:
 *
 *   js/main.mjs    the engine's process with `node-llama-cpp`, one file
 *   bins/<name>/   llama.cpp for this platform's CPUs
 *   llama/         two small files the library reads about its own build
 *   LICENSES.txt   of everything in js/main.mjs and bins
 *
 * The library looks for `bins` and `llama` beside the folder of its own file, so this is the layout it knows.
 */
export async function assembleEngine(target: Target, into: string): Promise<void> {
  const [packages, bins] = await Promise.all([library(), binding(target)]);
  await rm(into, { recursive: true, force: true });
  await mkdir(into, { recursive: true });
  const { metafile } = await esbuild.build({
    entryPoints: [path.join(PROJECT, 'src', 'models', 'inside', 'child', 'main.ts')],
    outfile: path.join(into, 'js', 'main.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    minify: true,
    legalComments: 'none',
    metafile: true,
    nodePaths: [packages],
    // Bindings of other packages than ours, and Electron, are asked for and done without.
    external: ['@node-llama-cpp/*', 'electron'],
    // Some of its packages are CommonJS and ask for Node's modules by `require`.
    banner: { js: REQUIRE },
    logLevel: 'error',
  });
  await cp(bins, path.join(into, 'bins'), { recursive: true });
  const about = path.join(packages, 'node-llama-cpp', 'llama');
  for (const name of ['binariesGithubRelease.json', 'llama.cpp.info.json']) {
    await cp(path.join(about, name), path.join(into, 'llama', name));
  }
  const packaged = await licenses(Object.keys(metafile.inputs), path.dirname(bins));
  await writeFile(path.join(into, 'LICENSES.txt'), packaged);
}

/** The licence of each package that files were taken from, as the packages themselves give it. */
async function licenses(inputs: readonly string[], binding: string): Promise<string> {
  const folders = new Set<string>([binding]);
  for (const input of inputs) {
    const match = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input.replaceAll('\\', '/'));
    if (match?.[1] !== undefined) folders.add(path.resolve(match[1]));
  }
  const texts = await Promise.all([...folders].sort().map(licenseOf));
  texts.push(llamaCppLicense(await licenseOf(binding)));
  return `${texts.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}

/** The binding's package holds llama.cpp without its notice; both are under the MIT licence, whose text it does hold. */
function llamaCppLicense(ofBinding: string): string {
  const terms = ofBinding.slice(ofBinding.indexOf('Permission is hereby granted'));
  return `llama.cpp (MIT)\n\nMIT License\n\nCopyright (c) 2023-2026 The ggml authors\n\n${terms}`;
}

async function licenseOf(folder: string): Promise<string> {
  const { name, version, license } = JSON.parse(
    await readFile(path.join(folder, 'package.json'), 'utf8'),
  ) as { name: string; version: string; license?: unknown };
  const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file === undefined ? '' : await readFile(path.join(folder, file), 'utf8');
  return `${name} ${version} (${typeof license === 'string' ? license : 'see below'})\n\n${text.trim()}`;
}
