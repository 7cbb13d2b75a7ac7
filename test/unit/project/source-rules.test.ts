import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

/**
 * What neither the compiler nor the hosts we test in would notice: VS Code from npm switches every proposed API
 * on, stable VS Code throws.
 */
const ROOT = path.resolve(import.meta.dirname, '..', '..', '..');

interface SourceFile {
  readonly name: string;
  readonly text: string;
}

const GENERATED = new Set(['package-lock.json', 'src/routing/gain/weights.json']);

const PROJECT: readonly SourceFile[] = projectFiles().map((name) => ({
  name,
  text: readFileSync(path.join(ROOT, name), 'utf8'),
}));
const SOURCES = PROJECT.filter(({ name }) => /^src\/.*\.tsx?$/.test(name));
const CODE = PROJECT.filter(({ name }) => /^(src|test|scripts)\/.*\.(tsx?|mjs|cjs)$|^[^/]+\.mjs$/.test(name));

/** Everything git knows or would take in, as text files. A packed copy without git: everything there is. */
function projectFiles(): readonly string[] {
  const names = existsSync(path.join(ROOT, '.git'))
    ? execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
        cwd: ROOT,
        encoding: 'utf8',
      }).split('\n')
    : readdirSync(ROOT, { recursive: true, encoding: 'utf8' }).map((name) => name.replaceAll('\\', '/'));
  return names.filter(
    (name) =>
      /\.(tsx?|mjs|cjs|json|md|css|html|py)$|^\.ci\//.test(name) &&
      !/(^|\/)(node_modules|dist|out|coverage)\//.test(name) &&
      !GENERATED.has(name) &&
      existsSync(path.join(ROOT, name)),
  );
}

/** Names of the files that hold a match, with the match. */
const found = (files: readonly SourceFile[], pattern: RegExp): readonly string[] =>
  files.flatMap(({ name, text }) => {
    const match = pattern.exec(text);
    return match ? [`${name}: ${match[0]}`] : [];
  });

/** The arguments of the call whose parenthesis opens at `open`, split at the commas of its own level. */
function argumentsAt(text: string, open: number): readonly string[] {
  const args: string[] = [];
  let depth = 0;
  let current = '';
  for (const char of text.slice(open)) {
    if (')]}'.includes(char)) depth -= 1;
    if (depth === 0 && current !== '') break;
    if (char === ',' && depth === 1) {
      args.push(current);
      current = '';
    } else if (depth > 0) current += char;
    if ('([{'.includes(char)) depth += 1;
  }
  return [...args, current].filter((arg) => arg.trim() !== '');
}

describe('stable VS Code', () => {
  test('the manifest asks for no proposed API', () => {
    expect(
      found(
        PROJECT.filter(({ name }) => name === 'package.json'),
        /enabledApiProposals/,
      ),
    ).toEqual([]);
  });

  test('no provider has a member that only proposed API allows', () => {
    const proposed =
      /\b(handleDidShowCompletionItem|handleDidPartiallyAcceptCompletionItem|handleEndOfLifetime|handleListEndOfLifetime|isInlineEdit|completeBracketPairs|enableForwardStability)\b/;
    expect(found(SOURCES, proposed)).toEqual([]);
  });

  test('inline completion providers are registered with two arguments', () => {
    const calls = SOURCES.flatMap(({ name, text }) =>
      [...text.matchAll(/registerInlineCompletionItemProvider\(/g)].map((call) => ({
        name,
        count: argumentsAt(text, call.index + call[0].length - 1).length,
      })),
    );
    expect(calls).not.toEqual([]);
    expect(calls.filter(({ count }) => count !== 2)).toEqual([]);
  });

  test('a third argument would be seen', () => {
    const call = 'f({ pattern: "**", a: [1, 2] }, new Provider(x, y), { displayName: "z" })';
    expect(argumentsAt(call, 1)).toHaveLength(3);
    expect(argumentsAt('f(\n  a,\n  b(c, d),\n)', 1)).toHaveLength(2);
  });
});

describe('the layout', () => {
  test('only src/editor/ and src/extension.ts import vscode', () => {
    const outside = SOURCES.filter(({ name }) => !/^src\/(editor\/|extension\.ts$)/.test(name));
    expect(found(outside, /from 'vscode'|import\('vscode'\)|require\('vscode'\)/)).toEqual([]);
  });

  test('no file is longer than 400 lines', () => {
    const long = CODE.filter(({ text }) => text.split('\n').length > 401).map(({ name }) => name);
    expect(long).toEqual([]);
  });
});

describe('a clone works anywhere', () => {
  test('no file names a folder of one machine', () => {
    const homes = /(^|[\s"'`(=])(\/(root|work)\/|\/Users\/[a-z]+\/|C:\\Users\\[a-z]+)/i;
    const own = PROJECT.filter(({ name }) => !name.startsWith('test/') || name.startsWith('test/host/'));
    expect(found(own, homes)).toEqual([]);
  });

  test('no file says where packages come from, the lock file included', () => {
    const lock = readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8');
    expect(lock).not.toContain('"resolved"');
    expect(found(PROJECT, /https?:\/\/registry\./)).toEqual([]);
  });
});
