import { ModelError } from '../failure';

/** Longest line taken from a stream, in bytes. Ollama's last line repeats the context as numbers: 16k tokens are 130 kB. */
export const MAX_LINE_BYTES = 1024 * 1024;
/** Longest answer that is not a stream (model lists, errors), in bytes. A long model list is some 500 kB. */
export const MAX_DOCUMENT_BYTES = 8 * 1024 * 1024;
const NEWLINE = 0x0a;

/** What a guard makes of a chunk: what may pass, and the failure behind it that ends the call. */
export interface Passed {
  readonly bytes?: Uint8Array;
  readonly failure?: unknown;
}

export interface Guard {
  take(chunk: Uint8Array): Passed;
  /** The body is over; what was held back may pass. */
  end(): Passed;
}

/**
 * Passes whole, short, well-formed lines of UTF-8, and all of them that come before a bad one: they may hold what a
 * call is billed.
 */
export class LineGuard implements Guard {
  readonly #decoder = new TextDecoder('utf-8', { fatal: true });
  readonly #encoder = new TextEncoder();
  /** The pieces of a line that has not ended. */
  #pending: Uint8Array[] = [];
  #pendingBytes = 0;

  constructor(
    /** For messages: "Ollama", "Claude". */
    private readonly server: string,
    /** Sees each line, blank ones too (they part events in SSE); false drops it, throwing ends the call. */
    private readonly check?: (line: string) => boolean,
  ) {}

  take(chunk: Uint8Array): Passed {
    const head = chunk.lastIndexOf(NEWLINE) + 1;
    const lines = head === 0 ? undefined : this.#withPending(chunk.subarray(0, head));
    const firstLineBytes = this.#pendingBytes + (head === 0 ? chunk.length : chunk.indexOf(NEWLINE));
    if (firstLineBytes > MAX_LINE_BYTES) return { failure: this.#tooLong() };
    if (head > 0) this.#forget();
    this.#hold(chunk.subarray(head));
    const passed = lines === undefined ? {} : this.#pass(lines);
    if (passed.failure !== undefined || this.#pendingBytes <= MAX_LINE_BYTES) return passed;
    return { ...passed, failure: this.#tooLong() };
  }

  end(): Passed {
    const rest = this.#withPending(new Uint8Array());
    this.#forget();
    return rest.length === 0 ? {} : this.#pass(rest);
  }

  #withPending(bytes: Uint8Array): Uint8Array {
    return this.#pending.length === 0 ? bytes : Buffer.concat([...this.#pending, bytes]);
  }

  #hold(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.#pending.push(bytes);
    this.#pendingBytes += bytes.length;
  }

  #forget(): void {
    this.#pending = [];
    this.#pendingBytes = 0;
  }

  #pass(bytes: Uint8Array): Passed {
    const text = this.#decode(bytes);
    return text === undefined ? this.#passUpToBadBytes(bytes) : this.#passChecked(text);
  }

  #passUpToBadBytes(bytes: Uint8Array): Passed {
    const failure = new ModelError('protocol', `${this.server} sent bytes that are not UTF-8.`);
    let good = '';
    for (let start = 0; start < bytes.length;) {
      const end = bytes.indexOf(NEWLINE, start) + 1 || bytes.length;
      const line = this.#decode(bytes.subarray(start, end));
      if (line === undefined) break;
      good += line;
      start = end;
    }
    return { failure, ...this.#passChecked(good) };
  }

  #passChecked(lines: string): Passed {
    const { check } = this;
    if (check === undefined) return { bytes: this.#encoder.encode(lines) };
    let kept = '';
    const all = lines.split('\n');
    // Behind the last line end stands nothing, which is no line.
    if (all.at(-1) === '') all.pop();
    for (const line of all) {
      try {
        if (check(line)) kept += `${line}\n`;
      } catch (failure) {
        return { bytes: this.#encoder.encode(kept), failure };
      }
    }
    return { bytes: this.#encoder.encode(kept) };
  }

  #decode(bytes: Uint8Array): string | undefined {
    try {
      return this.#decoder.decode(bytes);
    } catch {
      return undefined;
    }
  }

  #tooLong(): ModelError {
    return new ModelError('protocol', `${this.server} sent a line longer than ${MAX_LINE_BYTES} bytes.`);
  }
}

/** Passes a document up to a size. */
export class DocumentGuard implements Guard {
  #bytes = 0;

  constructor(private readonly server: string) {}

  take(chunk: Uint8Array): Passed {
    this.#bytes += chunk.length;
    if (this.#bytes <= MAX_DOCUMENT_BYTES) return { bytes: chunk };
    return {
      failure: new ModelError('protocol', `${this.server} sent more than ${MAX_DOCUMENT_BYTES} bytes.`),
    };
  }

  end(): Passed {
    return {};
  }
}
