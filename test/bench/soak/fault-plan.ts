import type { Fault } from '../../servers/faults';
import { OUT_OF_MEMORY } from '../../servers/ollama/errors';

/** Longer than any deadline of a soak, in ms; what hangs so long is given up. */
const TOO_LONG_MS = 60_000;

/** Faults of the connection and of the stream, which strike any server. Drawn from evenly, so a kind may stand here twice. */
const ON_THE_WIRE: readonly Fault[] = [
  { kind: 'reset' },
  { kind: 'slow-headers', ms: 60 },
  { kind: 'slow-headers', ms: TOO_LONG_MS },
  { kind: 'slow-body', ms: 4 },
  { kind: 'slow-body', ms: TOO_LONG_MS },
  { kind: 'hang-before' },
  { kind: 'hang-mid' },
  { kind: 'cut' },
  { kind: 'no-end' },
  { kind: 'bad-json' },
  { kind: 'wrong-type' },
  { kind: 'error-mid' },
  { kind: 'duplicate' },
  { kind: 'reorder' },
  { kind: 'reorder', at: 'end' },
  { kind: 'endless' },
  { kind: 'long-line', bytes: 10_000_000 },
  { kind: 'long-line', bytes: 20_000 },
  { kind: 'bad-utf8' },
];

const status = (code: number, error?: string, retryAfterS?: number): Fault => ({
  kind: 'status',
  status: code,
  ...(error !== undefined && { error }),
  ...(retryAfterS !== undefined && { retryAfterS }),
});

/** Every error Anthropic documents, and a wait of nothing, of a second and of an hour. */
export const CLAUDE_FAULTS: readonly Fault[] = [
  ...ON_THE_WIRE,
  ...[400, 401, 402, 403, 404, 408, 409, 413, 422, 500, 502, 503, 504, 529].map((code) => status(code)),
  status(429, 'rate_limit_error', 0),
  status(429, 'rate_limit_error', 1),
  status(429, 'rate_limit_error', 3600),
  status(429, 'enforced_spend_limit_reached'),
  status(529, 'overloaded_error', 0),
];

/** Every status Ollama's server answers with. */
export const OLLAMA_FAULTS: readonly Fault[] = [
  ...ON_THE_WIRE,
  ...[400, 401, 403, 404, 429, 499, 500, 502, 503].map((code) => status(code)),
  status(500, OUT_OF_MEMORY),
  status(503, undefined, 3600),
];
