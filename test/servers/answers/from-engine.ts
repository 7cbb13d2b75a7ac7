import type { EngineProcess } from '../../../src/models/inside/engine-process';
import type { Question as EngineQuestion } from '../../../src/models/inside/protocol';
import type { Answer, AnswerToken, Answerer, Question } from '../question';

export interface FromEngineOptions {
  /** The server cuts at the request's own limit; small weights ramble up to it. Default 512. */
  readonly mostTokens?: number;
}

/** Answers from real weights, token by token, so that a client meets real streams: uneven, with real probabilities. */
export const fromEngine =
  (engine: EngineProcess, { mostTokens = 512 }: FromEngineOptions = {}): Answerer =>
  (question, gone): Answer => ({ text: '', tokens: tokensOf(engine, mostTokens, question, gone) });

async function* tokensOf(
  engine: EngineProcess,
  mostTokens: number,
  question: Question,
  gone: AbortSignal,
): AsyncGenerator<AnswerToken> {
  const sampling = { maxOutputTokens: mostTokens, stop: [], logprobs: true, tokenByToken: true };
  for await (const report of engine.answer(engineQuestion(question), sampling, gone)) {
    if (report.type !== 'text') continue;
    const logprob = report.logprobs?.reduce((sum, token) => sum + token.logprob, 0);
    yield { text: report.text, ...(logprob === undefined ? {} : { logprob }) };
  }
}

function engineQuestion(question: Question): EngineQuestion {
  if (question.kind === 'infill') {
    const { model, prefix, suffix } = question;
    return { kind: 'infill', model, path: 'file', prefix, suffix, context: [] };
  }
  return {
    kind: 'chat',
    system: question.system,
    turns: question.messages.map(({ role, text }) => ({
      role: role === 'assistant' ? 'assistant' : 'user',
      text,
    })),
  };
}
