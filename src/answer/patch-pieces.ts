/**
 * Makes `host` show `html`, leaving alone the leading pieces (paragraphs, lists, code blocks) that are as they were:
 * while an answer streams, that is all but the last.
 *
 * @param html sanitised already
 * @param before what the last call returned
 * @param dress may put a piece into a frame; it stays one child of `host`
 */
export function patchPieces(
  host: Element,
  html: string,
  before: readonly string[],
  dress: (piece: Element) => Element,
): readonly string[] {
  const template = document.createElement('template');
  template.innerHTML = html;
  const pieces = [...template.content.children];
  const after = pieces.map((piece) => piece.outerHTML);
  const same = after.findIndex((piece, index) => piece !== before[index]);
  const kept = same < 0 ? Math.min(after.length, before.length) : same;
  while (host.children.length > kept) host.lastElementChild?.remove();
  host.append(...pieces.slice(kept).map(dress));
  return after;
}
