import type { CloudText } from '../privacy/cloud-text';
import type { Timings, Usage } from './usage';

/** `local`: the user's own machine or network. `cloud`: anybody else's, also through a local proxy. */
export type Place = 'local' | 'cloud';

/** Names one model of one provider. */
export interface ModelRef {
  /** `ollama`, `claude`, `openai`, `inside`; text to everyone but the folder that implements it. */
  readonly provider: string;
  readonly id: string;
  readonly place: Place;
  /** Set for weights that only stand in for a real model; surfaces say so beside every answer. */
  readonly standIn?: true;
}

/** A piece of a prompt. Pieces are joined as they are; each brings its own line ends. */
export interface PromptPart<Text> {
  readonly text: Text;
  /** The same bytes are likely to lead the next prompts too: a provider with a prompt cache may mark it. */
  readonly stable?: boolean;
}

export interface Turn<Text> {
  readonly role: 'user' | 'assistant';
  readonly parts: readonly PromptPart<Text>[];
}

/** `Text` is `string` for local models and `CloudText` for cloud ones: the type keeps them apart. */
export interface Prompt<Text> {
  readonly system: readonly PromptPart<Text>[];
  /** Never empty; the last turn is the user's. */
  readonly turns: readonly Turn<Text>[];
}

/** The text before and after the caret, and stable context that goes ahead of both. */
export interface InfillPrompt {
  readonly context: readonly ContextFile[];
  /** Path relative to the workspace, for models whose template names files. */
  readonly path: string;
  readonly prefix: string;
  readonly suffix: string;
}

export interface ContextFile {
  readonly path: string;
  readonly text: string;
}

/** Our own deadlines, in ms; each ends the call with a `timeout` failure. */
export interface Deadline {
  readonly firstTokenMs: number;
  /** Longest silence between two pieces of the stream. */
  readonly idleMs: number;
  readonly totalMs: number;
}

export type Effort = 'low' | 'medium' | 'high';

export interface CallOptions {
  readonly maxOutputTokens: number;
  readonly deadline: Deadline;
  /** How hard a model that can choose should think. */
  readonly effort?: Effort;
  /** Local models only; Claude has none. */
  readonly temperature?: number;
  /** For a second sample; local models only. */
  readonly seed?: number;
  readonly stop?: readonly string[];
  /** Asks for log-probabilities where the model gives them. */
  readonly logprobs?: boolean;
}

export interface TokenLogprob {
  readonly token: string;
  /** Natural logarithm, 0 or less. All exactly zero over an answer means the server did not know. */
  readonly logprob: number;
}

export type Finish =
  | 'stop'
  | 'length' // the output limit cut it off
  | 'refusal';

/** What a call yields: any number of `text`, then exactly one `end`. A failure is thrown as `ModelError`. */
export type ModelEvent =
  | { readonly type: 'text'; readonly text: string; readonly logprobs?: readonly TokenLogprob[] }
  | { readonly type: 'end'; readonly finish: Finish; readonly usage: Usage; readonly timings: Timings };

/**
 * One model behind one provider. Calls start when iterated. Aborting `signal`, or leaving the loop early,
 * closes the connection of this one call at once, also before its first token; the iterator then throws a
 * `ModelError` of kind `cancelled` (when aborted) that carries the usage so far.
 */
export interface ChatModel<Text> {
  readonly ref: ModelRef;
  /** Tokens the model takes in and gives out together. */
  readonly contextTokens: number;
  // A property, not a method: TypeScript compares methods loosely, and `ChatModel<unknown>` would then let plain
  // text into a cloud model.
  readonly chat: (
    prompt: Prompt<Text>,
    options: CallOptions,
    signal: AbortSignal,
  ) => AsyncIterable<ModelEvent>;
}

export interface LocalModel extends ChatModel<string> {
  readonly ref: ModelRef & { readonly place: 'local' };
  /** Absent where the model cannot fill in the middle. */
  readonly infill?: (
    prompt: InfillPrompt,
    options: CallOptions,
    signal: AbortSignal,
  ) => AsyncIterable<ModelEvent>;
}

/** Takes nothing but text that has passed the privacy filter. */
export interface CloudModel extends ChatModel<CloudText> {
  readonly ref: ModelRef & { readonly place: 'cloud' };
  /**
   * For a call that is about to come: fetches what it needs beside its prompt. Sends nothing and never throws; what does
   * not work now is the call's to tell.
   */
  prepare?(): void;
}
