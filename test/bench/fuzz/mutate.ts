/** Random numbers that a seed repeats. Source: mulberry32, Tommy Ettinger, public domain. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const ODD = [
  '\0',
  '\n',
  '\r\n',
  '\r',
  '\t',
  ' ',
  '\u2028',
  '\u202e',
  '\ufeff',
  '\ud800',
  '😀',
  'ü',
  '\\',
  '/',
  '"',
  "'",
  '`',
  '%',
  '.',
  '-',
  '0',
];
const LONGEST = 20_000;

/** A seed with one to eight changes: cut, doubled, moved, mixed with another, or with odd pieces in it. */
export function mutate(seeds: readonly string[], words: readonly string[], random: () => number): string {
  const pick = <T>(from: readonly T[]): T | undefined => from[Math.floor(random() * from.length)];
  let text = pick(seeds) ?? '';
  const changes = 1 + Math.floor(random() * 8);
  for (let i = 0; i < changes; i++) {
    const at = Math.floor(random() * (text.length + 1));
    const length = Math.floor(random() ** 3 * 80);
    const piece = text.slice(at, at + length);
    const before = text.slice(0, at);
    const after = text.slice(at);
    switch (Math.floor(random() * 8)) {
      case 0: // cut out
        text = before + text.slice(at + length);
        break;
      case 1: // doubled, now and then many times
        text = before + piece.repeat(random() < 0.05 ? 200 : 2) + text.slice(at + length);
        break;
      case 2: // moved
        text = text.slice(at + length) + piece + before;
        break;
      case 3: // one character changed
        text =
          before +
          String.fromCharCode(Math.floor(random() * (random() < 0.8 ? 128 : 65_536))) +
          text.slice(at + 1);
        break;
      case 4: // mixed with another
        text = before + (pick(seeds) ?? '').slice(Math.floor(random() * 40)) + (random() < 0.5 ? after : '');
        break;
      case 5: // ended
        text = random() < 0.3 ? before : text;
        break;
      case 6:
        text = before + (pick(ODD) ?? '') + after;
        break;
      default:
        text = before + (pick(words) ?? '') + after;
    }
  }
  return text.slice(0, LONGEST);
}
