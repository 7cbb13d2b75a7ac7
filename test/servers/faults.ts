import type { RecordedRequest } from './http';
import { seeded } from './random';

/** Something that goes wrong with one answer. */
export type Fault =
  /** The connection is reset after the request was read, before the headers. */
  | { readonly kind: 'reset' }
  | { readonly kind: 'slow-headers'; readonly ms: number }
  /** A pause before each frame of the stream. */
  | { readonly kind: 'slow-body'; readonly ms: number }
  /** No answer ever; the request was taken. */
  | { readonly kind: 'hang-before' }
  /** Silence after some of the answer. */
  | { readonly kind: 'hang-mid' }
  /** The connection ends after half a line. */
  | { readonly kind: 'cut' }
  /** The body ends in good order, but without its last event. */
  | { readonly kind: 'no-end' }
  | { readonly kind: 'bad-json' }
  | { readonly kind: 'wrong-type' }
  /** An error answer in the server's own form; `error` names it (`overloaded_error`, or Ollama's text). */
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly error?: string;
      readonly retryAfterS?: number;
    }
  /** An error event in mid-stream, under status 200. */
  | { readonly kind: 'error-mid'; readonly error?: string }
  /** Each event comes twice. */
  | { readonly kind: 'duplicate' }
  /** Two neighbouring events are swapped: two pieces of text, or (`at: 'end'`) the last two events. */
  | { readonly kind: 'reorder'; readonly at?: 'text' | 'end' }
  /** The answer never stops. */
  | { readonly kind: 'endless' }
  | { readonly kind: 'long-line'; readonly bytes: number }
  | { readonly kind: 'bad-utf8' };

export type FaultKind = Fault['kind'];
export type Where = (request: RecordedRequest) => boolean;

export interface RandomFaults {
  /** Share of the requests that get a fault, 0 to 1. */
  readonly share: number;
  readonly seed: number;
  /** Drawn from evenly. */
  readonly faults: readonly Fault[];
  readonly where?: Where;
}

/** Which answers go wrong, and how. Scripted faults come before those that always apply, those before random ones. */
export class Faults {
  readonly #scripted: { fault: Fault; left: number; where: Where }[] = [];
  readonly #always: { fault: Fault; where: Where }[] = [];
  #random: (RandomFaults & { readonly draw: () => number }) | undefined;

  /** The next `times` requests (that `where` picks). */
  next(fault: Fault, times = 1, where: Where = () => true): void {
    this.#scripted.push({ fault, left: times, where });
  }

  /** Every request (that `where` picks), until `clear`. */
  always(fault: Fault, where: Where = () => true): void {
    this.#always.push({ fault, where });
  }

  randomly(plan: RandomFaults): void {
    this.#random = { ...plan, draw: seeded(plan.seed) };
  }

  clear(): void {
    this.#scripted.length = 0;
    this.#always.length = 0;
    this.#random = undefined;
  }

  /** The fault for this request, noted in its record. */
  pick(request: RecordedRequest): Fault | undefined {
    const fault = this.#choose(request);
    if (fault !== undefined) request.fault = fault.kind;
    return fault;
  }

  #choose(request: RecordedRequest): Fault | undefined {
    const scripted = this.#scripted.find((entry) => entry.left > 0 && entry.where(request));
    if (scripted !== undefined) {
      scripted.left -= 1;
      return scripted.fault;
    }
    const always = this.#always.find((entry) => entry.where(request));
    if (always !== undefined) return always.fault;
    const random = this.#random;
    if (random === undefined || random.where?.(request) === false || random.draw() >= random.share)
      return undefined;
    return random.faults[Math.floor(random.draw() * random.faults.length)];
  }
}
