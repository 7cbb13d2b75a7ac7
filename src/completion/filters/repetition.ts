/** So many equal lines in a row, or equal blocks of lines, are a model that is stuck. */
const MAX_EQUAL = 3;
/** Longest repeated block looked for, in lines. */
const MAX_PERIOD = 4;

/**
 * Where a stuck model's text should end: behind the first copy of a block of 1 to 4 lines that comes three
 * times in a row. Lines with few letters (closing brackets, blank lines) do not count.
 * Undefined where nothing repeats.
 */
export function repetitionStart(text: string): number | undefined {
  const lines = text.split('\n');
  for (let period = 1; period <= MAX_PERIOD; period++) {
    for (let start = 0; start + period * MAX_EQUAL <= lines.length; start++) {
      if (!repeats(lines, start, period)) continue;
      return lines.slice(0, start + period).join('\n').length;
    }
  }
  return undefined;
}

function repeats(lines: readonly string[], start: number, period: number): boolean {
  const block = lines.slice(start, start + period);
  if (block.join('').replace(/\W/g, '').length < 4) return false;
  for (let i = 0; i < period * (MAX_EQUAL - 1); i++) {
    if (lines[start + period + i] !== lines[start + (i % period)]) return false;
  }
  return true;
}
