import { open, type FileHandle } from 'node:fs/promises';

/** What the head of a GGUF file tells of the weights in it. */
export interface GgufHeader {
  readonly architecture: string;
  /** In the words of those who made them. */
  readonly name?: string;
  /** Tokens of context they were trained with. */
  readonly contextTokens?: number;
  /** Exact: counted from the tensors. */
  readonly parameters: number;
  /** `general.file_type`, as llama.cpp numbers it. */
  readonly fileType?: number;
  /** They have the control tokens for filling in the middle. */
  readonly infill: boolean;
  readonly chatTemplate: boolean;
}

/** The file is no GGUF file, or one of a version that is not known. */
export class NotGguf extends Error {
  override readonly name = 'NotGguf';
}

const WANTED =
  /^(general\.(architecture|name|file_type)|.*\.context_length|tokenizer\.ggml\.(fim_(pre|suf|mid)|prefix|suffix|middle)_token_id)$/;
const TEMPLATE = 'tokenizer.chat_template';
/** Bounds for what a broken file may make us read. */
const MAX_ENTRIES = 100_000;
const MAX_TEXT_BYTES = 1_000_000;
const MAX_ITEMS = 10_000_000;

/** Bytes of the fixed-size value types, by their number (docs/gguf.md of ggml). */
const SIZES: Readonly<Record<number, number>> = {
  0: 1,
  1: 1,
  2: 2,
  3: 2,
  4: 4,
  5: 4,
  6: 4,
  7: 1,
  10: 8,
  11: 8,
  12: 8,
};
const TEXT = 8;
const ARRAY = 9;

/** Reads the head of a GGUF file, a few megabytes of it. Throws `NotGguf`, or the file system's own errors. */
export async function readGgufHeader(file: string): Promise<GgufHeader> {
  const handle = await open(file, 'r');
  try {
    const bytes = new Bytes(handle);
    if ((await bytes.take(4)).toString('latin1') !== 'GGUF')
      throw new NotGguf('It does not begin as a GGUF file.');
    const version = (await bytes.take(4)).readUInt32LE();
    if (version !== 2 && version !== 3) throw new NotGguf(`Its version, ${String(version)}, is not known.`);
    const tensors = await bytes.count(MAX_ENTRIES);
    const entries = await bytes.count(MAX_ENTRIES);
    const found = new Map<string, string | number>();
    for (let at = 0; at < entries; at += 1) await readEntry(bytes, found);
    return headerOf(found, await countParameters(bytes, tensors));
  } finally {
    await handle.close();
  }
}

async function readEntry(bytes: Bytes, found: Map<string, string | number>): Promise<void> {
  const key = await bytes.text();
  const type = (await bytes.take(4)).readUInt32LE();
  if (key === TEMPLATE) found.set(key, 1);
  if (!WANTED.test(key)) {
    await skip(bytes, type);
    return;
  }
  if (type === TEXT) found.set(key, await bytes.text());
  else if (type === 4 || type === 5) found.set(key, (await bytes.take(4)).readUInt32LE());
  else if (type === 10 || type === 11) found.set(key, Number((await bytes.take(8)).readBigUInt64LE()));
  else await skip(bytes, type);
}

async function skip(bytes: Bytes, type: number): Promise<void> {
  if (type === TEXT) {
    await bytes.skip(await bytes.count(MAX_TEXT_BYTES));
    return;
  }
  if (type !== ARRAY) {
    await bytes.skip(sizeOf(type));
    return;
  }
  const itemType = (await bytes.take(4)).readUInt32LE();
  const items = await bytes.count(MAX_ITEMS);
  if (itemType === TEXT) {
    for (let at = 0; at < items; at += 1) await bytes.skip(await bytes.count(MAX_TEXT_BYTES));
  } else await bytes.skip(items * sizeOf(itemType));
}

function sizeOf(type: number): number {
  const size = SIZES[type];
  if (size === undefined) throw new NotGguf(`It holds a value of unknown type ${String(type)}.`);
  return size;
}

/** The tensors' shapes follow the metadata: name, number of dimensions, their lengths, type, offset. */
async function countParameters(bytes: Bytes, tensors: number): Promise<number> {
  let parameters = 0;
  for (let at = 0; at < tensors; at += 1) {
    await bytes.text();
    const dimensions = (await bytes.take(4)).readUInt32LE();
    if (dimensions > 8) throw new NotGguf('It holds a tensor of too many dimensions.');
    let size = 1;
    for (let side = 0; side < dimensions; side += 1) size *= Number((await bytes.take(8)).readBigUInt64LE());
    parameters += size;
    await bytes.skip(12);
  }
  return parameters;
}

function headerOf(found: ReadonlyMap<string, string | number>, parameters: number): GgufHeader {
  const text = (key: string): string | undefined => {
    const value = found.get(key);
    return typeof value === 'string' ? value : undefined;
  };
  const number = (key: string): number | undefined => {
    const value = found.get(key);
    return typeof value === 'number' ? value : undefined;
  };
  const architecture = text('general.architecture') ?? '';
  const name = text('general.name');
  const contextTokens = number(`${architecture}.context_length`);
  const fileType = number('general.file_type');
  const has = (...keys: string[]): boolean => keys.some((key) => found.has(`tokenizer.ggml.${key}_token_id`));
  return {
    architecture,
    parameters,
    ...(name === undefined ? {} : { name }),
    ...(contextTokens === undefined ? {} : { contextTokens }),
    ...(fileType === undefined ? {} : { fileType }),
    infill: has('fim_pre', 'prefix') && has('fim_suf', 'suffix') && has('fim_mid', 'middle'),
    chatTemplate: found.has(TEMPLATE),
  };
}

const CHUNK_BYTES = 1024 * 1024;

/** A file read from its beginning, piece by piece. */
class Bytes {
  #buffer: Buffer = Buffer.alloc(0);
  #at = 0;
  #position = 0;

  constructor(private readonly handle: FileHandle) {}

  async take(size: number): Promise<Buffer> {
    if (this.#at + size > this.#buffer.length) await this.#fill(size);
    const taken = this.#buffer.subarray(this.#at, this.#at + size);
    this.#at += size;
    return taken;
  }

  async skip(size: number): Promise<void> {
    const left = this.#buffer.length - this.#at;
    if (size <= left) this.#at += size;
    else {
      this.#position += size - left;
      this.#buffer = Buffer.alloc(0);
      this.#at = 0;
    }
    return Promise.resolve();
  }

  async count(most: number): Promise<number> {
    const count = Number((await this.take(8)).readBigUInt64LE());
    if (count > most) throw new NotGguf('It names a length that cannot be right.');
    return count;
  }

  async text(): Promise<string> {
    return (await this.take(await this.count(MAX_TEXT_BYTES))).toString('utf8');
  }

  async #fill(size: number): Promise<void> {
    const rest = this.#buffer.subarray(this.#at);
    const fresh = Buffer.alloc(Math.max(CHUNK_BYTES, size));
    const { bytesRead } = await this.handle.read(fresh, 0, fresh.length, this.#position);
    this.#position += bytesRead;
    this.#buffer = Buffer.concat([rest, fresh.subarray(0, bytesRead)]);
    this.#at = 0;
    if (this.#buffer.length < size) throw new NotGguf('It ends in the middle of its head.');
  }
}
