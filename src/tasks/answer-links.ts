/** A place in a file that an answer refers to. Offsets are UTF-16 into the answer. */
export interface AnswerLink {
  readonly start: number;
  readonly end: number;
  readonly path: string;
  /** 1-based; absent where only the file was named. */
  readonly line?: number;
}

const CANDIDATE = /`([^`\s:]+)(?::(\d{1,7})(?:-\d{1,7})?)?`/g;

/** Finds `path:line` references; only paths among `known` count, so that an answer can link to nothing else. */
export function findAnswerLinks(answer: string, known: ReadonlySet<string>): AnswerLink[] {
  const links: AnswerLink[] = [];
  for (const match of answer.matchAll(CANDIDATE)) {
    const path = (match[1] ?? '').replace(/^\.\//, '');
    if (!known.has(path)) continue;
    const line = match[2] === undefined ? undefined : Number(match[2]);
    links.push({
      start: match.index,
      end: match.index + match[0].length,
      path,
      ...(line !== undefined && { line }),
    });
  }
  return links;
}
