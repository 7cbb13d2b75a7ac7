import type { MalformedEdit, Proposal, ProposedEdit } from './proposal';

// Models are sloppy about how many signs and which word; nothing else looks like these lines.
const SEARCH = /^[ \t]*<{5,9} ?(?:SEARCH|ORIGINAL|HEAD)[ \t:]*$/i;
const DIVIDER = /^[ \t]*={5,9}[ \t]*$/;
const REPLACE = /^[ \t]*>{5,9} ?(?:REPLACE|UPDATED|NEW)?[ \t:]*$/i;
const FENCE = /^[ \t]{0,3}(`{3,}|~{3,})[ \t]*([^`]*)$/;
/** More edits than anybody reviews: a model in a loop. */
const MOST_EDITS = 500;

type State =
  | { readonly at: 'text' }
  | { readonly at: 'search'; readonly path: string; readonly line: number; readonly search: string[] }
  | {
      readonly at: 'replace';
      readonly path: string;
      readonly line: number;
      readonly search: string[];
      readonly replace: string[];
    };

/**
 * Reads the edits out of an answer that comes in pieces. Lines between the marks are the file's own text: a fence or a
 * heading there means nothing.
 */
export class EditReader {
  readonly #edits: ProposedEdit[] = [];
  readonly #malformed: MalformedEdit[] = [];
  #state: State = { at: 'text' };
  #line = 0;
  #rest = '';
  /** The open fence's marks and the path on it. */
  #fence: { readonly marks: string; readonly path: string | undefined } | undefined;
  /** A path that stood alone on the last line with anything on it. */
  #pathBefore: string | undefined;

  push(piece: string): void {
    if (!piece.includes('\n')) {
      this.#rest += piece;
      return;
    }
    const lines = (this.#rest + piece).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#read(line.endsWith('\r') ? line.slice(0, -1) : line);
  }

  /** What has been read whole so far. */
  get edits(): readonly ProposedEdit[] {
    return this.#edits;
  }

  /** The file whose edit is being written just now. */
  get writing(): string | undefined {
    return this.#state.at === 'text' ? undefined : this.#state.path;
  }

  end(): Proposal {
    if (this.#rest !== '') this.push('\n'); // the last line needs no end of its own
    if (this.#state.at !== 'text') this.#bad('not-closed', this.#state.line);
    this.#state = { at: 'text' };
    return { edits: this.#edits, malformed: this.#malformed };
  }

  #read(line: string): void {
    this.#line += 1;
    const state = this.#state;
    if (state.at === 'text') this.#readText(line);
    else if (SEARCH.test(line)) {
      this.#bad('not-closed', state.line);
      this.#open();
    } else if (state.at === 'search') {
      if (DIVIDER.test(line)) this.#state = { ...state, at: 'replace', replace: [] };
      else if (REPLACE.test(line)) {
        this.#bad('no-divider', state.line);
        this.#state = { at: 'text' };
      } else state.search.push(line);
    } else if (REPLACE.test(line)) this.#close(state);
    else state.replace.push(line);
  }

  #readText(line: string): void {
    if (SEARCH.test(line)) {
      this.#open();
      return;
    }
    const fence = FENCE.exec(line);
    if (fence === null) {
      if (line.trim() !== '' && this.#fence === undefined) this.#pathBefore = pathAlone(line);
      return;
    }
    const [, marks = '', info = ''] = fence;
    // A model that forgot to close one block still says where the next begins.
    if (this.#fence === undefined || /^edit[ \t:]/i.test(info)) {
      this.#fence = { marks, path: pathOnFence(info) ?? this.#pathBefore };
    } else if (info.trim() === '' && marks.startsWith(this.#fence.marks)) {
      this.#fence = undefined;
      this.#pathBefore = undefined;
    }
  }

  #open(): void {
    const path = this.#fence === undefined ? this.#pathBefore : this.#fence.path;
    if (path === undefined) this.#bad('no-path', this.#line);
    this.#state = { at: 'search', path: path ?? '', line: this.#line, search: [] };
  }

  #close({ path, line, search, replace }: Extract<State, { at: 'replace' }>): void {
    this.#state = { at: 'text' };
    if (path === '') return;
    if (this.#edits.length >= MOST_EDITS) {
      this.#bad('too-many', line);
      return;
    }
    const isNew = search.every((text) => text.trim() === '');
    this.#edits.push(
      isNew
        ? { kind: 'create', path, text: replace.length === 0 ? '' : `${replace.join('\n')}\n` }
        : { kind: 'replace', path, search: search.join('\n'), replace: replace.join('\n') },
    );
  }

  #bad(why: MalformedEdit['why'], line: number): void {
    if (this.#malformed.length < MOST_EDITS) this.#malformed.push({ line, why });
  }
}

/** Reads a whole answer. */
export function readEdits(answer: string): Proposal {
  const reader = new EditReader();
  reader.push(answer);
  return reader.end();
}

/** `edit src/a.ts`, `typescript src/a.ts`, `ts:src/a.ts`, `src/a.ts`; a bare language is none. */
function pathOnFence(info: string): string | undefined {
  const text = info.trim().replace(/^\{?(?:title|file|filename|path)=/i, '');
  const named =
    /^(?:edit|file|[A-Za-z0-9+#-]{1,20})(?::|[ \t]+(?:(?:title|file|filename|path)=)?)(.+)$/i.exec(text)?.[1];
  return cleanPath(named ?? (/[./\\]/.test(text) ? text : ''));
}

/** A line with nothing but a path, as models put above a fence: bare, in backticks, bold, or as a heading. */
function pathAlone(line: string): string | undefined {
  const text = line
    .trim()
    .replace(/^(?:#{1,6}|[-*]|\d+\.)[ \t]+/, '')
    .replace(/^(?:File|Path|In):?[ \t]+/i, '');
  const bare = text.replace(/^[*_`"']+|[*_`"':]+$/g, '');
  // A sentence has spaces; a path that has some must be quoted.
  return /[./\\]/.test(bare) && (!/\s/.test(bare) || /^[`"']/.test(text)) ? cleanPath(bare) : undefined;
}

function cleanPath(text: string): string | undefined {
  const path = text.trim().replace(/^[`"']+|[`"'}]+$/g, '');
  return path === '' ? undefined : path;
}
