import { ModelError } from '../failure';
import { DocumentGuard, LineGuard, type Guard } from './guards';

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
    const { server, line } = this.options;
    const guard: Guard = streaming ? new LineGuard(server, line) : new DocumentGuard(server);
    const reader = source.getReader();
    let given = false;
    let failure: { readonly reason: unknown } | undefined;
    // Not left to the signal that `fetch` was given: once the garbage collector has taken undici's Request, undici no
    // longer hears it in mid-stream (nodejs/undici#4627), and the server would go on, and bill.
    const hangUp = (): void => void reader.cancel().catch(() => undefined);
    // An error drops what is still unread, and that may hold the figures of the bill: so it waits its turn.
    const fail = (controller: ReadableStreamDefaultController<Uint8Array>): void => {
      const isRead = (controller.desiredSize ?? 1) > 0;
      if (failure !== undefined && !given && (isRead || this.signal.aborted))
        controller.error(failure.reason);
    };
    const pump = async (controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> => {
      try {
        // Read as fast as it comes, not as it is asked for: bytes are signs of life, and the last ones hold the bill.
        for (;;) {
          const { done, value } = await reader.read();
          if (given) return;
          this.signal.throwIfAborted();
          const passed = done ? guard.end() : guard.take(value);
          if (passed.bytes !== undefined && passed.bytes.length > 0) controller.enqueue(passed.bytes);
          if (passed.failure !== undefined) throw passed.failure as Error;
          if (done) {
            controller.close();
            return;
          }
          this.options.onBytes?.();
        }
      } catch (error) {
        hangUp();
        failure = { reason: error };
        fail(controller);
      } finally {
        this.signal.removeEventListener('abort', hangUp);
      }
    };
    this.signal.addEventListener('abort', hangUp, { once: true });
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        this.#body = pump(controller);
      },
      pull: fail,
      cancel: () => {
        given = true;
        hangUp();
      },
    });
    return new Response(body, { status: response.status, headers: response.headers });
  }
}

/** All three libraries ask for a stream by `"stream":true` in a JSON body. */
const isStreamRequest = (init: RequestInit | undefined): boolean =>
  typeof init?.body === 'string' && STREAM.test(init.body);

/** The flag as a key of the outermost object; a prompt holds its quotes escaped, so it cannot look like this. */
const STREAM = /"stream":\s*true\b/;
