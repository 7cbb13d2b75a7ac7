/** A line this telling does not stand twice by chance: fewer letters could be any closing bracket or `return`. */
const TELLING_CHARS = 10;

/**
 * Where generated text starts to say again what already stands behind the caret: at the first line that equals
 * the first telling line of the suffix. Undefined where it does not.
 */
export function suffixOverlap(text: string, suffix: string): number | undefined {
  const known = suffix
    .split(/\r?\n/)
    .slice(1)
    .find((line) => line.trim() !== '');
  if (known === undefined || known.replace(/\W/g, '').length < TELLING_CHARS) return undefined;
  let at = text.indexOf('\n') + 1;
  while (at > 0) {
    const lineEnd = text.indexOf('\n', at);
    const line = text.slice(at, lineEnd < 0 ? text.length : lineEnd).replace(/\r$/, '');
    if (line === known) return at - 1;
    at = lineEnd + 1;
  }
  return undefined;
}
