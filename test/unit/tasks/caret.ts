/** A fixture with a selection between two `█`, or a caret at one. Offsets are UTF-16. */
export function selected(marked: string): { text: string; start: number; end: number } {
  const start = marked.indexOf('█');
  const last = marked.lastIndexOf('█');
  if (start < 0) throw new Error('the fixture needs a █');
  return { text: marked.replaceAll('█', ''), start, end: last === start ? start : last - 1 };
}
