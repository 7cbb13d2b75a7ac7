import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';

/**
 * A keystroke trace: real code as a person types it. On disk a `.jsonl` file whose first line is the head
 * (`{v, id, path, language, before, after}`) and every further line one event.
 */
export interface Trace {
  readonly id: string;
  readonly path: string;
  readonly language: string;
  readonly before: string;
  readonly after: string;
  readonly events: readonly TraceEvent[];
}

/** `t` in milliseconds since the trace began; offsets and lengths in UTF-16 units. */
export type TraceEvent =
  | { readonly t: number; readonly cursor: number }
  /** At `at`, `del` characters go and `ins` comes in; the caret ends behind `ins`. */
  | { readonly t: number; readonly at: number; readonly del?: number; readonly ins?: string };

interface Head {
  v: number;
  id: string;
  path: string;
  language: string;
  before: string;
  after: string;
}

export function parseTrace(jsonl: string, name: string): Trace {
  const [first, ...rest] = jsonl.split('\n').filter((line) => line !== '');
  if (first === undefined) throw new Error(`${name}: an empty trace`);
  const head = JSON.parse(first) as Head;
  if (head.v !== 1) throw new Error(`${name}: trace version ${head.v}, expected 1`);
  const events = rest.map((line) => JSON.parse(line) as TraceEvent);
  return {
    id: head.id,
    path: head.path,
    language: head.language,
    before: head.before,
    after: head.after,
    events,
  };
}

/** Every `.jsonl` below `folder`, in the order of their names. */
export async function loadTraces(folder: string): Promise<Trace[]> {
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.jsonl')).sort();
  const texts = names.map(async (name) => parseTrace(await readFile(path.join(folder, name), 'utf8'), name));
  return Promise.all(texts);
}
