/** Where a stretch of lines stands in a text: UTF-16 offsets, `end` before the last line's end. */
export interface FoundLines {
  readonly start: number;
  readonly end: number;
  /** What every found line is indented by more than the search was. */
  readonly indent: string;
}

export type LineSearch =
  | { readonly kind: 'found'; readonly at: FoundLines }
  | { readonly kind: 'none' }
  /** More than one place: which was meant cannot be known. */
  | { readonly kind: 'many' };

interface Line {
  readonly text: string;
  readonly start: number;
}

/** The lines of a text without their ends, `\n` or `\r\n`. */
function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  let start = 0;
  for (const line of text.split('\n')) {
    lines.push({ text: line.endsWith('\r') ? line.slice(0, -1) : line, start });
    start += line.length + 1;
  }
  return lines;
}

type Same = (theirs: string, ours: string) => boolean;
const exactly: Same = (theirs, ours) => theirs === ours;
/** Models drop spaces at the end of lines. */
const butForTheEnd: Same = (theirs, ours) => theirs.trimEnd() === ours.trimEnd();

/**
 * Finds whole lines in a file, each way of comparing only where the stricter found nothing: character for character;
 * without spaces at line ends; with the same indentation missing from every line.
 */
export function findLines(text: string, search: string): LineSearch {
  const file = linesOf(text);
  const wanted = linesOf(search).map((line) => line.text);
  for (const same of [exactly, butForTheEnd]) {
    const found = places(file, wanted, (at) =>
      wanted.every((line, i) => same(file[at + i]?.text ?? '', line)),
    );
    if (found.length > 0) return one(file, wanted.length, found, '');
  }
  const found = places(file, wanted, (at) => missingIndent(file, at, wanted) !== undefined);
  const [first] = found;
  return one(
    file,
    wanted.length,
    found,
    first === undefined ? '' : (missingIndent(file, first, wanted) ?? ''),
  );
}

function places(file: readonly Line[], wanted: readonly string[], fits: (at: number) => boolean): number[] {
  const found: number[] = [];
  // Two are one too many already.
  for (let at = 0; at + wanted.length <= file.length && found.length < 2; at++) if (fits(at)) found.push(at);
  return found;
}

/** The one indentation that all of the file's lines have more than the wanted ones; undefined where there is none. */
function missingIndent(file: readonly Line[], at: number, wanted: readonly string[]): string | undefined {
  let indent: string | undefined;
  for (const [i, line] of wanted.entries()) {
    const theirs = file[at + i]?.text.trimEnd() ?? '';
    const ours = line.trimEnd();
    if (ours === '' || theirs === '') {
      if (ours !== theirs) return undefined;
      continue;
    }
    if (!theirs.endsWith(ours)) return undefined;
    const more = theirs.slice(0, theirs.length - ours.length);
    if (more.trim() !== '' || (indent !== undefined && more !== indent)) return undefined;
    indent = more;
  }
  return indent;
}

function one(file: readonly Line[], count: number, found: readonly number[], indent: string): LineSearch {
  const [at] = found;
  if (at === undefined) return { kind: 'none' };
  if (found.length > 1) return { kind: 'many' };
  const first = file[at];
  const last = file[at + count - 1];
  if (first === undefined || last === undefined) return { kind: 'none' };
  return { kind: 'found', at: { start: first.start, end: last.start + last.text.length, indent } };
}
