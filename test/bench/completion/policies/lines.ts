/** The last `count` lines of `text`. */
export function lastLines(text: string, count: number): string {
  let at = text.length;
  for (let i = 0; i < count; i++) {
    at = text.lastIndexOf('\n', at - 1);
    if (at <= 0) return text;
  }
  return text.slice(at + 1);
}

/** The first `count` lines of `text`, with their line ends. */
export function firstLines(text: string, count: number): string {
  let at = 0;
  for (let i = 0; i < count; i++) {
    const end = text.indexOf('\n', at);
    if (end < 0) return text;
    at = end + 1;
  }
  return text.slice(0, at);
}

/** As much of the end (or the start) of `text` as fits into `chars`, by whole lines where a line end is near. */
export const wholeLinesBefore = (text: string, chars: number): string => {
  if (text.length <= chars) return text;
  const cut = text.slice(-chars);
  return cut.slice(cut.indexOf('\n') + 1);
};
export const wholeLinesAfter = (text: string, chars: number): string => {
  if (text.length <= chars) return text;
  const cut = text.slice(0, chars);
  return cut.slice(0, cut.lastIndexOf('\n') + 1);
};

/** Collects a stream; `until` may end it early by giving back what to keep. */
export async function collect(
  stream: AsyncIterable<string>,
  until: (text: string) => string | undefined = () => undefined,
): Promise<string> {
  let text = '';
  for await (const piece of stream) {
    text += piece;
    const kept = until(text);
    if (kept !== undefined) return kept;
  }
  return text;
}
