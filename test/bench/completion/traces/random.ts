/** Numbers from a seed, the same on every machine. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** A whole number in [0, below). */
  below(below: number): number;
  /** Log-normal around `median`: how long people take for one key is spread like that. */
  logNormal(median: number, sigma: number): number;
}

/** FNV-1a over UTF-16 units, finished by a multiply-xor avalanche so that near inputs give far outputs. */
export function hash32(text: string, seed = 0x811c9dc5): number {
  let h = seed | 0;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** Uniform in [0, 1), drawn from what `parts` say. */
export const draw = (...parts: (string | number)[]): number => hash32(parts.join('\u0000')) / 2 ** 32;

export function seeded(seed: number): Random {
  let counter = 0;
  const next = (): number => draw(seed, counter++);
  return {
    next,
    below: (below) => Math.floor(next() * below),
    logNormal(median, sigma) {
      const normal = Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
      return median * Math.exp(sigma * normal);
    },
  };
}
