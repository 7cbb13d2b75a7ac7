/** 8 million bits: the beginnings of 150,000 words fill one in seven, so that one unknown word in fifty passes for known. */
const BITS = 2 ** 23;
const SHORTEST = 2;
const LONGEST = 24;

/** Whether some word that was seen begins like this. A Bloom filter: never wrong about a known one. */
export class KnownWords {
  readonly #bits = new Uint32Array(BITS / 32);

  add(word: string): void {
    let hash = 0;
    const end = Math.min(word.length, LONGEST);
    for (let i = 0; i < end; i++) {
      hash = mixed(hash, word.charCodeAt(i));
      if (i + 1 >= SHORTEST) {
        this.#set(hash);
        this.#set(second(hash));
      }
    }
  }

  hasBeginning(text: string): boolean {
    if (text.length < SHORTEST) return true;
    let hash = 0;
    const end = Math.min(text.length, LONGEST);
    for (let i = 0; i < end; i++) hash = mixed(hash, text.charCodeAt(i));
    return this.#has(hash) && this.#has(second(hash));
  }

  #set(hash: number): void {
    const bit = hash & (BITS - 1);
    this.#bits[bit >>> 5] = (this.#bits[bit >>> 5] ?? 0) | (1 << (bit & 31));
  }

  #has(hash: number): boolean {
    const bit = hash & (BITS - 1);
    return ((this.#bits[bit >>> 5] ?? 0) & (1 << (bit & 31))) !== 0;
  }
}

const mixed = (hash: number, unit: number): number => {
  const h = Math.imul(hash ^ unit, 0x01000193) ^ (hash >>> 15);
  return h ^ (h >>> 13);
};
const second = (hash: number): number => Math.imul(hash, 0x9e3779b1) >>> 7;
