import * as z from 'zod';
import type { Outcome, Verdict } from '../../routing/outcome';

// Bounds that no real figure reaches: a damaged digit must not make a sum that nothing can be added to any more.
const count = z.number().min(-1e12).max(1e12);
const ms = z.number().min(-1e12).max(1e12);
/** Milliseconds from 1970 to the year 9999; what is outside has no calendar day. */
const time = z.number().min(0).max(253_402_300_799_999);
export const usd = z.number().min(-1e6).max(1e6);
const text = z.string();

const model = z.object({
  provider: text,
  id: text,
  place: z.enum(['local', 'cloud']),
  standIn: z.literal(true).exactOptional(),
});

const usage = z.object({
  inputTokens: count,
  cacheReadTokens: count,
  cacheWrite5mTokens: count,
  cacheWrite1hTokens: count,
  outputTokens: count,
  thinkingTokens: count,
  estimated: z.boolean(),
});

const timings = z.object({
  firstTokenMs: ms.exactOptional(),
  totalMs: ms,
  loadMs: ms.exactOptional(),
  promptEvalMs: ms.exactOptional(),
  generateMs: ms.exactOptional(),
});

const failure = z.enum([
  'unreachable',
  'timeout',
  'busy',
  'model-missing',
  'no-infill',
  'out-of-memory',
  'no-key',
  'bad-key',
  'no-credit',
  'spend-limit',
  'forbidden',
  'rate-limited',
  'overloaded',
  'context-too-long',
  'refused',
  'invalid-request',
  'protocol',
  'server',
  'cancelled',
]);

const finish = z.enum(['stop', 'length', 'refusal']);
const task = z.enum(['complete', 'explain', 'refactor', 'ask']);
const track = z.enum(['instant', 'local', 'cloud']);

const refusalRule = z.enum([
  'offline',
  'organisation-policy',
  'restricted-mode',
  'privacy',
  'declined-at-preview',
  'budget-cap',
  'no-track',
]);

const privacy = z.object({
  redactions: z.record(text, count),
  blocked: z.array(
    z.object({
      path: text,
      rule: z.enum([
        'denied-file',
        'git-ignored',
        'switchyard-ignored',
        'settings-excluded',
        'outside-workspace',
        'symlink-leads-out',
        'offline',
        'restricted-mode',
        'organisation-policy',
        'declined-at-preview',
      ]),
    }),
  ),
});

const attempt = z.object({
  role: z.enum(['first', 'fallback', 'escalation', 'sample']),
  track: z.enum(['local', 'cloud']),
  model,
  startedAt: time,
  usage,
  timings,
  end: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('answered'), finish }),
    z.object({ kind: z.literal('doubted'), finish }),
    z.object({ kind: z.literal('failed'), failure, message: text }),
    z.object({ kind: z.literal('cancelled') }),
  ]),
  evidence: z.array(z.object({ check: text, saw: text, score: z.number().exactOptional() })),
  confidence: z.number().exactOptional(),
  belief: z
    .discriminatedUnion('shown', [
      z.object({
        shown: z.literal('probability'),
        probability: z.number().min(0).max(1),
        by: z.enum(['published', 'own']),
        words: z.array(text),
      }),
      z.object({ shown: z.literal('evidence'), words: z.array(text) }),
    ])
    .exactOptional(),
  privacy: privacy.exactOptional(),
});

const reasons = z.array(z.object({ code: text, text }));
const complexity = z.object({ level: z.enum(['simple', 'moderate', 'complex']), because: reasons });

const estimate = z.object({
  inputTokens: count,
  outputTokens: count,
  usualOutputTokens: count.exactOptional(),
  usd: usd.exactOptional(),
  ms: ms.exactOptional(),
});

const decision = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('run'),
    complexity,
    reasons,
    track,
    model: model.exactOptional(),
    rescue: model.exactOptional(),
    threshold: z.number(),
    estimate,
    localIfAllowed: z.object({ model, estimate }).exactOptional(),
    otherwise: z.object({ track, model: model.exactOptional(), because: text }).exactOptional(),
    baseline: model.exactOptional(),
    forced: z.enum(['no-key', 'offline', 'policy', 'cap', 'cloud-down']).exactOptional(),
  }),
  z.object({ kind: z.literal('refuse'), complexity, reasons, rule: refusalRule }),
]);

export const outcomeSchema = z.object({
  requestId: text,
  task,
  languageId: text,
  redoOf: text.exactOptional(),
  at: time,
  endedAt: time,
  decision,
  attempts: z.array(attempt),
  result: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('answered'), track }),
    z.object({ kind: z.literal('cancelled') }),
    z.object({ kind: z.literal('refused'), rule: refusalRule }),
    z.object({
      kind: z.literal('failed'),
      failure,
      message: text,
      retryAfterMs: z.number().exactOptional(),
    }),
  ]),
  privacy,
});

export const verdictSchema = z.enum(['accepted', 'partly-accepted', 'rejected', 'redone', 'edited']);

/** Compiles only while the schema and the type say the same, so neither can gain a member the other lacks. */
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;
type Mutable<T> = T extends object ? { -readonly [K in keyof T]: Mutable<T[K]> } : T;
export const SCHEMA_IS_COMPLETE: readonly [
  Same<Mutable<z.infer<typeof outcomeSchema>>, Mutable<Outcome>>,
  Same<z.infer<typeof verdictSchema>, Verdict>,
] = [true, true];
