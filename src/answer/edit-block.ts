/** The marks of an edit, as `tasks/edits/edit-format.ts` asks for them; models vary them a little. */
const SEARCH = /^[ \t]*<{5,9} ?(?:SEARCH|ORIGINAL|HEAD)[ \t:]*$/i;
const DIVIDER = /^[ \t]*={5,9}[ \t]*$/;
const REPLACE = /^[ \t]*>{5,9} ?(?:REPLACE|UPDATED|NEW)?[ \t:]*$/i;

export interface DiffLine {
  readonly kind: 'same' | 'removed' | 'added' | 'gap';
  readonly text: string;
}

/** The file a block's fence names: "```edit shop/cart.ts". Undefined for any other block. */
export const editedFile = (info: string): string | undefined => /^edit\s+(\S.*?)\s*$/.exec(info)?.[1];

/** An edit as people read one, line by line; its last part may still be coming. A gap stands between two places. */
export function diffLines(block: string): readonly DiffLine[] {
  const lines: DiffLine[] = [];
  let search: string[] = [];
  let replace: string[] | undefined;
  const finish = (): void => {
    if (lines.length > 0 && search.length + (replace?.length ?? 0) > 0) lines.push({ kind: 'gap', text: '' });
    lines.push(...compared(search, replace));
    search = [];
    replace = undefined;
  };
  for (const line of block.replace(/\n$/, '').split('\n')) {
    if (SEARCH.test(line)) finish();
    else if (REPLACE.test(line)) finish();
    else if (replace === undefined && DIVIDER.test(line)) replace = [];
    else (replace ?? search).push(line);
  }
  finish();
  return lines;
}

/** What both begin and end with stayed as it was; models copy a few lines around a change to say where it is. */
function compared(before: readonly string[], after: readonly string[] | undefined): DiffLine[] {
  if (after === undefined) return before.map((text) => ({ kind: 'same', text }));
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < most - head && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  const of = (kind: DiffLine['kind'], lines: readonly string[]): DiffLine[] =>
    lines.map((text) => ({ kind, text }));
  return [
    ...of('same', before.slice(0, head)),
    ...of('removed', before.slice(head, before.length - tail)),
    ...of('added', after.slice(head, after.length - tail)),
    ...of('same', before.slice(before.length - tail)),
  ];
}
