/**
 * Models the engine inside can fetch. Sizes and checksums are not written down here: the hub tells them for the very
 * file that will be downloaded, and they are checked afterwards.
 */
export interface CatalogueEntry {
  /** Also the file's name on the disk, and so the model's id. */
  readonly id: string;
  readonly name: string;
  /** On huggingface.co. */
  readonly repository: string;
  readonly file: string;
  readonly licence: string;
  readonly licenceUrl: string;
  readonly goodFor: string;
  /** What to expect, in a sentence. */
  readonly expect: string;
  /** Memory the machine should have, in GiB, so that editor and browser keep theirs. */
  readonly memoryGiB: number;
  /** Cores below which it answers slower than one cares to wait. */
  readonly cores: number;
}

const qwenCoder = (size: string): Pick<CatalogueEntry, 'name' | 'repository' | 'licence' | 'licenceUrl'> => ({
  name: `Qwen2.5-Coder ${size}`,
  repository: `Qwen/Qwen2.5-Coder-${size}-Instruct-GGUF`,
  // The 3B of this family is left out: its licence forbids commercial use.
  licence: 'Apache-2.0',
  licenceUrl: `https://huggingface.co/Qwen/Qwen2.5-Coder-${size}-Instruct/blob/main/LICENSE`,
});

/** From small to large; all fill in the middle and explain. */
export const CATALOGUE: readonly [CatalogueEntry, ...CatalogueEntry[]] = [
  {
    ...qwenCoder('0.5B'),
    id: 'qwen2.5-coder-0.5b-instruct-q8_0',
    file: 'qwen2.5-coder-0.5b-instruct-q8_0.gguf',
    goodFor: 'completions of a line on a small machine',
    expect: 'Quick on two cores. Its explanations are short and often miss the point.',
    memoryGiB: 3,
    cores: 1,
  },
  {
    ...qwenCoder('1.5B'),
    id: 'qwen2.5-coder-1.5b-instruct-q4_k_m',
    file: 'qwen2.5-coder-1.5b-instruct-q4_k_m.gguf',
    goodFor: 'completions and short explanations on most laptops',
    expect: 'Completes as you type on four cores or more; explains simple code well enough.',
    memoryGiB: 7,
    cores: 4,
  },
  {
    ...qwenCoder('7B'),
    id: 'qwen2.5-coder-7b-instruct-q4_k_m',
    file: 'qwen2.5-coder-7b-instruct-q4_k_m.gguf',
    goodFor: 'explanations on a machine with much memory',
    expect: 'Explains well. Without a GPU it is too slow to complete while you type.',
    memoryGiB: 15,
    cores: 8,
  },
];
