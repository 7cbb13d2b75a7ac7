import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { hash32, seeded, type Random } from './random';
import type { Trace, TraceEvent } from './trace';
import { typeText } from './typist';

/** Real code everybody has after `npm install`, in the languages it is written in. */
const SOURCES = [
  { folder: 'zod/src', extension: '.ts', language: 'typescript' },
  { folder: 'openai/src', extension: '.ts', language: 'typescript' },
  { folder: 'eslint/lib', extension: '.js', language: 'javascript' },
  { folder: 'mocha/lib', extension: '.js', language: 'javascript' },
] as const;

const MIN_CHARS = 1_500;
const MAX_CHARS = 300_000;
const MAX_LINE = 160;
const BLOCK_LINES = { least: 8, most: 36 };

/** `count` traces: in each, a block of lines is cut out of a real file and typed again. */
export async function generateTraces(nodeModules: string, count: number, seed: number): Promise<Trace[]> {
  const traces: Trace[] = [];
  for (const [i, source] of SOURCES.entries()) {
    const root = path.join(nodeModules, source.folder);
    const names = (await readdir(root, { recursive: true })).filter(
      (name) => name.endsWith(source.extension) && !name.endsWith('.d.ts'),
    );
    const wanted = Math.floor(count / SOURCES.length) + (i < count % SOURCES.length ? 1 : 0);
    const made: Trace[] = [];
    for (const name of names.sort((a, b) => hash32(a, seed) - hash32(b, seed))) {
      if (made.length >= wanted) break;
      const id = `${source.folder}/${name}`;
      const trace = retype(
        id,
        source.language,
        await readFile(path.join(root, name), 'utf8'),
        seeded(hash32(id, seed)),
      );
      if (trace !== undefined) made.push(trace);
    }
    traces.push(...made);
  }
  return traces;
}

/** Cuts a block out of `after` and types it again; undefined where the file is no code to type. */
export function retype(id: string, language: string, after: string, random: Random): Trace | undefined {
  const lines = after.split('\n');
  const size = BLOCK_LINES.least + random.below(BLOCK_LINES.most - BLOCK_LINES.least);
  const isText = after.length >= MIN_CHARS && after.length <= MAX_CHARS && /^[\t\n\x20-\x7e]*$/.test(after);
  if (!isText || lines.length < size + 4 || lines.some((line) => line.length > MAX_LINE)) return undefined;
  const first = 1 + random.below(lines.length - size - 2);
  const block = lines.slice(first, first + size);
  // Licence texts and tables of comments are not typed.
  if (block.filter((line) => /^\s*[^\s/*#]/.test(line)).length < size / 2) return undefined;
  const head = lines
    .slice(0, first)
    .map((line) => `${line}\n`)
    .join('');
  const before = head + lines.slice(first + size).join('\n');
  const events: TraceEvent[] = [{ t: 1_000, cursor: head.length }];
  events.push(...typeText(block.join('\n'), head.length, 1_400, random));
  return { id, path: id, language, before, after, events };
}
