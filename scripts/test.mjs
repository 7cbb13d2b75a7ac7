/**
 * `npm test`: everything, stage by stage, closing with one line `N passed, N failed`.
 * A stage that crashes, runs too long or holds no test counts as one failure. `npm test -- unit ui` runs some.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { installPackages } from './install.mjs';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const OUT = path.join(ROOT, 'out', 'test');
/** For one stage, on a machine half as fast as two usual cores. */
const LIMIT_MS = 12 * 60_000;

/** @typedef {{ passed: number, failures: string[], skipped?: boolean, notes?: string[] }} Result */

/** What a developer's shell happens to hold must not steer a test. */
const STEERING = /^(ANTHROPIC|OLLAMA|CLAUDE|OPENAI)_/;
const cleanEnv = Object.fromEntries(Object.entries(process.env).filter(([name]) => !STEERING.test(name)));
const REACHED = path.join(OUT, 'reached.txt');
const loopbackEnv = {
  ...cleanEnv,
  NODE_OPTIONS: `--require ${JSON.stringify(path.join(ROOT, 'scripts', 'loopback-only.cjs'))}`,
  SWITCHYARD_REACHED: REACHED,
};

const bin = (/** @type {string[]} */ ...parts) => path.join(ROOT, 'node_modules', ...parts);
const RUN_TS = path.join(ROOT, 'scripts', 'run-ts.mjs');

/** @type {Record<string, () => Promise<Result>>} */
const STAGES = {
  types: () => check([bin('typescript', 'bin', 'tsc'), '--noEmit']),
  lint: () => check([bin('eslint', 'bin', 'eslint.js'), '.']),
  format: () => check([bin('prettier', 'bin', 'prettier.cjs'), '--check', '--log-level', 'warn', '.']),
  unit: async () => {
    const result = await vitest('unit', []);
    const reached = existsSync(REACHED) ? await readFile(REACHED, 'utf8') : '';
    if (reached !== '')
      result.failures.push(`Unit tests tried to reach ${reached.trim().split('\n').join(', ')}`);
    return result;
  },
  package: async () => {
    const { makePackage } = await import('./package.mjs');
    const file = await makePackage(['--tests']);
    return { passed: 1, failures: [], notes: [path.relative(ROOT, file)] };
  },
  // The only stage that may install: VS Code and a browser from npm, once for all clones.
  fetch: async () => {
    const host = await check([RUN_TS, 'test/host/fetch.ts'], cleanEnv);
    const { code, text } = await program([RUN_TS, 'test/inside/fetch.ts'], cleanEnv);
    missing.engine = /^No engine: .*/m.exec(text)?.[0];
    missing.weights = /^No weights: .*/m.exec(text)?.[0];
    weights = /^Weights: (.*)$/m.exec(text)?.[1] ?? '';
    if (code !== 0) return { ...host, failures: [...host.failures, text.trim()] };
    return { ...host, passed: host.passed + 1 };
  },
  host: async () => {
    const all = await host('');
    const twoFolders = await host('two.folders');
    return {
      passed: all.passed + twoFolders.passed,
      failures: [...all.failures, ...twoFolders.failures],
      notes: all.notes,
    };
  },
  ui,
  engine: () =>
    missing.engine ? skip(missing.engine) : vitest('engine', ['--config', 'test/inside/vitest.config.ts']),
  model: async () => {
    const lacking = missing.engine ?? missing.weights;
    if (lacking) return skip(`the weights cannot be had here. ${lacking}`);
    const { addEngine, removeEngine } = await import('./package.mjs');
    await addEngine(`${process.platform}-${process.arch}`);
    // The other suites are about packages without one.
    return host('real.model', { SWITCHYARD_TEST_GGUF: weights }).finally(removeEngine);
  },
};

/** A small real model, as the stage `fetch` found it. */
let weights = '';
/** Why there is no engine, or there are no weights, in a sentence. @type {{ engine?: string, weights?: string }} */
const missing = {};
const skip = (/** @type {string} */ why) =>
  Promise.resolve({ passed: 0, failures: [], skipped: true, notes: [`skipped: ${why}`] });

/**
 * The suites of test/vscode/ in VS Code's extension host.
 * @param {string} suite empty: all that need no real weights
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<Result>}
 */
async function host(suite, env = {}) {
  const report = path.join(OUT, `host${suite}.json`);
  const args = [RUN_TS, 'test/host/mocha-main.ts', report, ...(suite ? [suite] : [])];
  const output = await program(args, { ...loopbackEnv, ...env });
  if (!existsSync(report)) return { passed: 0, failures: [`No report\n${output.text}`] };
  const { passed, failed, pending, notes } = JSON.parse(await readFile(report, 'utf8'));
  return {
    passed: passed.length,
    failures: failed.map((/** @type {any} */ test) => `${test.title}\n${test.error}`),
    notes: [...notes, ...pending.map((/** @type {string} */ title) => `skipped: ${title}`)],
  };
}

/**
 * A check that says yes or no.
 * @param {string[]} args
 * @returns {Promise<Result>}
 */
async function check(args, env = loopbackEnv) {
  const { code, text } = await program(args, env);
  return code === 0 ? { passed: 1, failures: [] } : { passed: 0, failures: [text.trim()] };
}

/**
 * @param {string} name
 * @param {string[]} flags
 * @returns {Promise<Result & { failedFiles: string[], passedElsewhere: number }>} the files that failed, and how many
 * tests passed in the others
 */
async function vitest(name, flags) {
  const report = path.join(OUT, `${name}.json`);
  const { code, text } = await program(
    [bin('vitest', 'vitest.mjs'), 'run', ...flags, '--reporter=json', `--outputFile=${report}`],
    loopbackEnv,
  );
  if (!existsSync(report))
    return { passed: 0, failures: [`No report\n${text}`], failedFiles: [], passedElsewhere: 0 };
  const { testResults, numPassedTests, numPendingTests } = JSON.parse(await readFile(report, 'utf8'));
  const failures = [];
  const failedFiles = [];
  let passedElsewhere = 0;
  for (const file of testResults) {
    if (file.status === 'failed') failedFiles.push(file.name);
    else
      passedElsewhere += file.assertionResults.filter(
        (/** @type {any} */ test) => test.status === 'passed',
      ).length;
    const failed = file.assertionResults.filter((/** @type {any} */ test) => test.status === 'failed');
    for (const test of failed) failures.push(`${test.fullName}\n${test.failureMessages.join('\n')}`);
    // A file that does not load has no tests to fail.
    if (file.status === 'failed' && failed.length === 0) failures.push(`${file.name}\n${file.message}`);
  }
  if (code !== 0 && failures.length === 0) failures.push(`vitest ended with code ${code}\n${text}`);
  return {
    passed: numPassedTests,
    failures,
    failedFiles,
    passedElsewhere,
    notes: numPendingTests > 0 ? [`${numPendingTests} skipped`] : [],
  };
}

/**
 * A person's paths in a browser: what fails on a machine that is busy with other things gets a second VS Code and a
 * second try, and that is said.
 * @returns {Promise<Result>}
 */
async function ui() {
  const config = ['--config', 'test/ui/vitest.config.ts'];
  const first = await vitest('ui', config);
  if (first.failedFiles.length === 0 || interrupted) return first;
  const second = await vitest('ui-again', [...config, ...first.failedFiles]);
  const notes = first.failures.map((failure) => `tried twice: ${failure.split('\n')[0]}`);
  return { passed: first.passedElsewhere + second.passed, failures: second.failures, notes };
}

/**
 * Runs Node to its end, and everything it started with it.
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<{ code: number, text: string }>}
 */
function program(args, env) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd: ROOT,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
    });
    let text = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece) => (text += piece));
    const end = () => {
      try {
        if (process.platform === 'win32') child.kill();
        else process.kill(-child.pid, 'SIGTERM');
      } catch {
        // It ended by itself.
      }
    };
    const timer = setTimeout(() => {
      text += `\nStopped after ${LIMIT_MS / 60_000} minutes.`;
      end();
    }, LIMIT_MS);
    process.once('SIGINT', end);
    process.once('SIGTERM', end);
    child.on('error', (error) => (text += error.message));
    child.on('close', (code) => {
      clearTimeout(timer);
      process.off('SIGINT', end);
      process.off('SIGTERM', end);
      resolve({ code: code ?? 1, text });
    });
  });
}

let interrupted = false;
process.on('SIGINT', () => (interrupted = true));
process.on('SIGTERM', () => (interrupted = true));

process.chdir(ROOT);
const wanted = process.argv.slice(2);
const strangers = wanted.filter((name) => !(name in STAGES));
if (strangers.length > 0) {
  console.error(`No stage '${strangers[0]}'. Stages: ${Object.keys(STAGES).join(', ')}`);
  process.exit(2);
}
await installPackages(ROOT);
await rm(OUT, { recursive: true, force: true });
await mkdir(OUT, { recursive: true });

let passed = 0;
let failed = 0;
for (const [name, stage] of Object.entries(STAGES)) {
  if (interrupted || (wanted.length > 0 && !wanted.includes(name))) continue;
  const started = Date.now();
  process.stdout.write(`${name.padEnd(8)} ... `);
  /** @type {Result} */
  const result = await stage().catch((error) => ({ passed: 0, failures: [String(error.stack ?? error)] }));
  if (interrupted) result.failures.push('Interrupted');
  else if (!result.skipped && result.passed + result.failures.length === 0)
    result.failures.push('This stage ran no test.');
  passed += result.passed;
  failed += result.failures.length;
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  console.log(`${result.passed} passed, ${result.failures.length} failed (${seconds} s)`);
  for (const note of result.notes ?? []) console.log(`         ${note}`);
  for (const failure of result.failures)
    console.log(`\n  ✗ ${failure.split('\n').slice(0, 40).join('\n    ')}\n`);
}
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
