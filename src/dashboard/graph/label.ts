/** Letters that fit into a box at the drawing's size of type. */
const LINE_LETTERS = 18;
const MOST_LINES = 2;

/** What the two outputs of a fork are called in the drawing. */
const SIDES: Readonly<Record<string, string>> = { match: 'yes', miss: 'no' };

/** The name of a node in at most two short lines; `local completion:match` reads "local completion: yes". */
export function labelLines(name: string): string[] {
  const colon = name.lastIndexOf(':');
  const side = colon < 0 ? undefined : SIDES[name.slice(colon + 1)];
  const text = side === undefined ? name : `${name.slice(0, colon)}: ${side}`;
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= LINE_LETTERS)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  const shown = lines.slice(0, MOST_LINES).map((line) => cut(line));
  return lines.length > MOST_LINES ? [...shown.slice(0, -1), cut(`${shown.at(-1) ?? ''}…`)] : shown;
}

export const cut = (text: string): string =>
  text.length <= LINE_LETTERS ? text : `${text.slice(0, LINE_LETTERS - 1)}…`;
