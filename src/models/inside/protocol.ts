import * as z from 'zod';

/** What the window and the engine's process say to each other: JSON over the channel that `fork` opens. */

/** How the weights are to be loaded. */
export interface LoadSpec {
  /** Absolute path of a GGUF file. */
  readonly file: string;
  /** Tokens of context for chats. */
  readonly contextTokens: number;
  /** Weights that cannot fill in the middle continue the text before the caret instead. */
  readonly continues: boolean;
}

const Sampling = z.object({
  maxOutputTokens: z.number(),
  stop: z.array(z.string()),
  logprobs: z.boolean(),
  /** A message for each token, also where several fall into one picture of the screen. */
  tokenByToken: z.boolean().optional(),
  /** 0, the default, always takes the likeliest token. */
  temperature: z.number().optional(),
  seed: z.number().optional(),
});
export type Sampling = z.infer<typeof Sampling>;

const Question = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('chat'),
    system: z.string(),
    turns: z.array(z.object({ role: z.enum(['user', 'assistant']), text: z.string() })),
  }),
  z.object({
    kind: z.literal('infill'),
    /** Names the family whose tokens for other files are used. */
    model: z.string(),
    path: z.string(),
    prefix: z.string(),
    suffix: z.string(),
    context: z.array(z.object({ path: z.string(), text: z.string() })),
  }),
]);
export type Question = z.infer<typeof Question>;

/** From the window. */
export const Order = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('load'),
    load: z.object({ file: z.string(), contextTokens: z.number(), continues: z.boolean() }),
  }),
  z.object({ type: z.literal('ask'), call: z.number(), question: Question, sampling: Sampling }),
  z.object({ type: z.literal('cancel'), call: z.number() }),
]);
export type Order = z.infer<typeof Order>;

const FailureWord = z.enum([
  'out-of-memory',
  'context-too-long',
  'no-infill',
  'model-missing',
  'invalid-request',
  'server',
]);

const Counts = { promptTokens: z.number(), outputTokens: z.number() };

/** From the engine's process. */
export const Report = z.discriminatedUnion('type', [
  /** The weights are in memory. */
  z.object({ type: z.literal('loaded'), loadMs: z.number() }),
  z.object({ type: z.literal('not-loaded'), failure: FailureWord, message: z.string() }),
  /** Part of a long prompt was read: a sign of life. */
  z.object({ type: z.literal('reading'), call: z.number() }),
  z.object({
    type: z.literal('text'),
    call: z.number(),
    text: z.string(),
    logprobs: z.array(z.object({ token: z.string(), logprob: z.number() })).optional(),
    ...Counts,
  }),
  z.object({
    type: z.literal('end'),
    call: z.number(),
    finish: z.enum(['stop', 'length']),
    ...Counts,
    /** In ms. */
    promptMs: z.number(),
    generateMs: z.number(),
  }),
  z.object({ type: z.literal('cancelled'), call: z.number(), ...Counts }),
  z.object({
    type: z.literal('failed'),
    call: z.number(),
    failure: FailureWord,
    message: z.string(),
    ...Counts,
  }),
]);
export type Report = z.infer<typeof Report>;
export type FailureWord = z.infer<typeof FailureWord>;
