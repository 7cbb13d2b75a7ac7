import type { RecordedRequest, RequestState } from '../../servers/http';
import { CANARY, idIn } from './marker';

/** One call for an answer as its server saw it. Its text is not kept. */
export interface SeenCall {
  readonly server: 'ollama' | 'claude';
  /** As the server counts its requests. */
  readonly number: number;
  state: RequestState;
  fault?: string;
  /** Milliseconds since 1970. */
  closedAt?: number;
}

/** What the servers saw of each request, by the id that each prompt carries. */
export class WireWatch {
  readonly calls = new Map<string, SeenCall[]>();
  /** Calls that carried no id: their prompt came out mangled. */
  unmarked = 0;
  /** Calls to the cloud with text of a file that must not leave. */
  leaks = 0;
  readonly faults = new Map<string, number>();
  readonly #open = new Map<RecordedRequest, SeenCall>();

  of(server: SeenCall['server']): {
    opened(request: RecordedRequest): void;
    closed(request: RecordedRequest): void;
  } {
    return {
      opened: (request) => this.#opened(server, request),
      closed: (request) => this.#closed(request),
    };
  }

  /** Calls that are open now, as `w0-12 at claude (hang-mid)`. */
  stillOpen(): string[] {
    return [...this.#open].map(([request, { server }]) => {
      const id = idIn(JSON.stringify(request.body)) ?? '?';
      return `${id} at ${server} (${request.fault ?? 'no fault'})`;
    });
  }

  #opened(server: SeenCall['server'], request: RecordedRequest): void {
    if (!ASKS_FOR_AN_ANSWER.has(request.path)) return;
    const body = JSON.stringify(request.body);
    if (server === 'claude' && body.includes(CANARY)) this.leaks += 1;
    const id = idIn(body);
    if (id === undefined) {
      this.unmarked += 1;
      return;
    }
    const call: SeenCall = { server, number: request.number, state: 'open' };
    this.#open.set(request, call);
    const known = this.calls.get(id);
    if (known === undefined) this.calls.set(id, [call]);
    else known.push(call);
  }

  #closed(request: RecordedRequest): void {
    const call = this.#open.get(request);
    if (call === undefined) return;
    this.#open.delete(request);
    call.state = request.state;
    call.closedAt = Date.now();
    if (request.fault === undefined) return;
    call.fault = request.fault;
    this.faults.set(request.fault, (this.faults.get(request.fault) ?? 0) + 1);
  }
}

const ASKS_FOR_AN_ANSWER = new Set(['/v1/messages', '/api/chat', '/api/generate']);
