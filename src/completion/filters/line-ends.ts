/** The model's text with the document's own line ends. A lone CR at the end may be half of a pair: it waits. */
export function withLineEnds(text: string, lineEnd: '\n' | '\r\n'): string {
  const plain = text.replace(/\r\n/g, '\n').replace(/\r$/, '');
  return lineEnd === '\n' ? plain : plain.replace(/\n/g, '\r\n');
}
