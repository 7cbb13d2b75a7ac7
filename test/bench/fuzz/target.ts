/** Something that reads what others wrote, and what must be true of it whatever they write. */
export interface FuzzTarget {
  /** For `--target`, and the report. */
  readonly name: string;
  /** Well-formed inputs to begin from. */
  readonly seeds: readonly string[];
  /** Pieces that mean something to the reader, put in at random places. */
  readonly words: readonly string[];
  /** Throws when a promise is broken. `random` for choices that belong to the input: 0 up to, not including, 1. */
  run(input: string, random: () => number): void | Promise<void>;
}

/** A broken promise, in words. */
export function promise(held: boolean, words: string): asserts held {
  if (!held) throw new Error(words);
}

/** A reader of bytes as a target: the mutated text's characters are its bytes. */
export function ofBytes(reader: {
  readonly name: string;
  readonly seeds: readonly Uint8Array[];
  readonly words?: readonly string[];
  run(bytes: Uint8Array): void | Promise<void>;
}): FuzzTarget {
  return {
    name: reader.name,
    seeds: reader.seeds.map((bytes) => Buffer.from(bytes).toString('latin1')),
    words: reader.words ?? ['\n', '{', '}', '[', ']', '"', ':', ',', 'null', '1e999', '\xff\xfe', '\xc3'],
    run: (input) => reader.run(Buffer.from(input, 'latin1')),
  };
}
