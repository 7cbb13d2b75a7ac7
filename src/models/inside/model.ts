import type { Clock } from '../../base/clock';
import type { CallOptions, InfillPrompt, LocalModel, ModelEvent, Prompt, PromptPart } from '../model';
import { infillCharacters, promptCharacters } from '../prompt-characters';
import type { TokenRatio } from '../tokens';
import { streamedCall } from '../wire/streamed-call';
import { InsideCall } from './call';
import type { EngineProcess } from './engine-process';
import type { Question } from './protocol';

export interface InsideModelContext {
  readonly ref: LocalModel['ref'];
  readonly contextTokens: number;
  readonly canInfill: boolean;
  /** Asked for at each call, so that a model that is not used has no process. */
  readonly engine: () => EngineProcess;
  readonly ratio: TokenRatio;
  readonly clock: Clock;
}

/** Weights on the disk as a local model. */
export function insideModel(context: InsideModelContext): LocalModel {
  const { ref, contextTokens } = context;
  const call = (
    question: Question,
    promptCharacters: number,
    options: CallOptions,
    signal: AbortSignal,
  ): AsyncIterable<ModelEvent> => {
    const { ratio, clock } = context;
    const plan = { engine: context.engine(), question, promptCharacters, ratio, options };
    return streamedCall(new InsideCall(plan), options, signal, clock);
  };
  const infill = (
    prompt: InfillPrompt,
    options: CallOptions,
    signal: AbortSignal,
  ): AsyncIterable<ModelEvent> =>
    call(infillQuestion(ref.id, prompt), infillCharacters(prompt), options, signal);
  return {
    ref,
    contextTokens,
    chat: (prompt, options, signal) => call(chatQuestion(prompt), promptCharacters(prompt), options, signal),
    ...(context.canInfill ? { infill } : {}),
  };
}

function chatQuestion(prompt: Prompt<string>): Extract<Question, { kind: 'chat' }> {
  const join = (parts: readonly PromptPart<string>[]): string => parts.map(({ text }) => text).join('');
  return {
    kind: 'chat',
    system: join(prompt.system),
    turns: prompt.turns.map(({ role, parts }) => ({ role, text: join(parts) })),
  };
}

const infillQuestion = (model: string, { path, prefix, suffix, context }: InfillPrompt): Question => ({
  kind: 'infill',
  model,
  path,
  prefix,
  suffix,
  context: context.map((file) => ({ path: file.path, text: file.text })),
});
