import { ModelError } from '../failure';

/** Longest line taken from a stream, in bytes. Ollama's last line repeats the context as numbers: 16k tokens are 130 kB. */
export const MAX_LINE_BYTES = 1024 * 1024;
/** Longest answer that is not a stream (model lists, errors), in bytes. A long model list is some 500 kB. */
export const MAX_DOCUMENT_BYTES = 8 * 1024 * 1024;
const NEWLINE = 0x0a;

export interface WireOptions {
  /** For messages: "Ollama", "Claude". */
  readonly server: string;
  /** Content types a stream may have; anything else is a failure before a byte of it is read. */
  readonly streamTypes: readonly string[];
  /** Sees each whole line of a stream; false drops it, throwing ends the call. */
  readonly line?: (line: string) => boolean;
  /** Sees an error answer before the client library does; throwing its meaning saves the library's guess. */
  readonly refused?: (status: number, headers: Headers, body: string) => ModelError;
  readonly onBytes?: () => void;
}

/**
 * One call's `fetch`, handed to a client library in place of the global one. It adds what the libraries lack:
 * an abort that holds from before the headers to the last byte, bounds on lines and documents, strict UTF-8,
 * a check of the content type, and no redirects (a redirect would carry the prompt to somebody else).
 */
export class Wire {
  /** The request was handed to the network: from here on it may have reached the server. */
  sent = false;
  /** The headers of a successful answer have come. */
  answered = false;
  #body: Promise<void> = Promise.resolve();

  constructor(
    private readonly signal: AbortSignal,
    private readonly options: WireOptions,
  ) {}

  readonly fetch: typeof fetch = async (input, init) => {
    this.signal.throwIfAborted();
    this.sent = true;
    const response = await fetch(input, { ...init, signal: this.signal, redirect: 'error' });
    const streaming = isStreamRequest(init);
    if (!response.ok) return this.#refused(response);
    this.answered = true;
    if (streaming) this.#checkType(response);
    return this.#guard(response, streaming);
  };

  /** Resolves when the answer's body has ended or broken; never rejects. Lets the connection be used again. */
  get drained(): Promise<void> {
    return this.#body;
  }

  async #refused(response: Response): Promise<Response> {
    const guarded = this.#guard(response, false);
    if (this.options.refused === undefined) return guarded;
    const body = await guarded.text().catch(() => '');
    throw this.options.refused(response.status, response.headers, body);
  }

  #checkType(response: Response): void {
    const type = (response.headers.get('content-type') ?? '').split(';')[0]?.trim() ?? '';
    if (this.options.streamTypes.includes(type)) return;
    // The body is given up, not read: an HTML error page of a proxy has no end one may rely on.
    void response.body?.cancel().catch(() => undefined);
    throw new ModelError('protocol', `${this.options.server} answered with something that is not a stream.`);
  }

  #guard(response: Response, streaming: boolean): Response {
    const source = response.body;
    if (source === null) return response;
    const guard = streaming
      ? new LineGuard(this.options)
      : new DocumentGuard(this.options.server, MAX_DOCUMENT_BYTES);
    const reader = source.getReader();
    let given = false;
    // Not left to the signal that `fetch` was given: once the garbage collector has taken undici's Request, undici no
    // longer hears it in mid-stream (nodejs/undici#4627), and the server would go on, and bill.
    const hangUp = (): void => void reader.cancel().catch(() => undefined);
    const pump = async (controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> => {
      try {
        // Read as fast as it comes, not as it is asked for: bytes are signs of life, and the last ones hold the bill.
        for (;;) {
          const { done, value } = await reader.read();
          if (given) return;
          this.signal.throwIfAborted();
          const passed = done ? guard.end() : guard.take(value);
          if (passed !== undefined) controller.enqueue(passed);
          if (done) {
            controller.close();
            return;
          }
          this.options.onBytes?.();
        }
      } catch (error) {
        hangUp();
        if (!given) controller.error(error);
      } finally {
        this.signal.removeEventListener('abort', hangUp);
      }
    };
    this.signal.addEventListener('abort', hangUp, { once: true });
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        this.#body = pump(controller);
      },
      cancel: () => {
        given = true;
        hangUp();
      },
    });
    return new Response(body, { status: response.status, headers: response.headers });
  }
}

/** Passes whole, short, well-formed lines of UTF-8. */
class LineGuard {
  readonly #decoder = new TextDecoder('utf-8', { fatal: true });
  readonly #encoder = new TextEncoder();
  #pending = '';
  #lineBytes = 0;

  constructor(private readonly options: WireOptions) {}

  take(chunk: Uint8Array): Uint8Array | undefined {
    const last = chunk.lastIndexOf(NEWLINE);
    const tail = last === -1 ? chunk.length : chunk.length - last - 1;
    const head = chunk.length - tail;
    if (
      this.#lineBytes + (last === -1 ? tail : chunk.indexOf(NEWLINE)) > MAX_LINE_BYTES ||
      tail > MAX_LINE_BYTES
    ) {
      throw new ModelError(
        'protocol',
        `${this.options.server} sent a line longer than ${MAX_LINE_BYTES} bytes.`,
      );
    }
    this.#lineBytes = head > 0 ? tail : this.#lineBytes + tail;
    this.#pending += this.#decode(chunk, true);
    if (head === 0) return undefined;
    const end = this.#pending.lastIndexOf('\n') + 1;
    const lines = this.#pending.slice(0, end);
    this.#pending = this.#pending.slice(end);
    return this.#pass(lines);
  }

  end(): Uint8Array | undefined {
    const rest = this.#pending + this.#decode(undefined, false);
    this.#pending = '';
    return rest === '' ? undefined : this.#pass(rest);
  }

  #pass(lines: string): Uint8Array {
    const check = this.options.line;
    if (check === undefined) return this.#encoder.encode(lines);
    const kept = lines.split('\n').filter((line) => line.trim() === '' || check(line));
    return this.#encoder.encode(kept.join('\n'));
  }

  #decode(chunk: Uint8Array | undefined, more: boolean): string {
    try {
      return this.#decoder.decode(chunk, { stream: more });
    } catch {
      throw new ModelError('protocol', `${this.options.server} sent bytes that are not UTF-8.`);
    }
  }
}

/** Passes a document up to a size. */
class DocumentGuard {
  #bytes = 0;

  constructor(
    private readonly server: string,
    private readonly limit: number,
  ) {}

  take(chunk: Uint8Array): Uint8Array {
    this.#bytes += chunk.length;
    if (this.#bytes > this.limit) {
      throw new ModelError('protocol', `${this.server} sent more than ${this.limit} bytes.`);
    }
    return chunk;
  }

  end(): undefined {
    return undefined;
  }
}

/** All three libraries ask for a stream by `"stream":true` in a JSON body. */
const isStreamRequest = (init: RequestInit | undefined): boolean =>
  typeof init?.body === 'string' && STREAM.test(init.body);

/** The flag as a key of the outermost object; a prompt holds its quotes escaped, so it cannot look like this. */
const STREAM = /"stream":\s*true\b/;
