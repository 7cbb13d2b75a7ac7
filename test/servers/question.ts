/** What a server was asked, whatever the wire it came over. */
export type Question =
  | {
      readonly kind: 'infill';
      readonly model: string;
      /** Text before the caret, without the family's control tokens. */
      readonly prefix: string;
      readonly suffix: string;
    }
  | {
      readonly kind: 'chat';
      readonly model: string;
      readonly system: string;
      readonly messages: readonly { readonly role: string; readonly text: string }[];
    };

export interface AnswerToken {
  readonly text: string;
  /** Natural logarithm; the server's default where absent. */
  readonly logprob?: number;
}

export interface Answer {
  readonly text: string;
  /** Tokens as they come, for an answer that a real model makes; wins over `text`. */
  readonly tokens?: AsyncIterable<AnswerToken>;
  /** Why it ends; `length` is found out from the request's limit. */
  readonly finish?: 'stop' | 'refusal' | 'context-full';
  readonly thinking?: string;
  /** Log-probability of each token; a number for all of them. Default -0.05 (p = 0.95). */
  readonly logprob?: number | ((token: string, index: number) => number);
}

/** Makes the answers of a test server; `gone` aborts when the client hangs up. */
export type Answerer = (question: Question, gone: AbortSignal) => string | Answer | Promise<string | Answer>;

export async function answerOf(answerer: Answerer, question: Question, gone: AbortSignal): Promise<Answer> {
  const answer = await answerer(question, gone);
  return typeof answer === 'string' ? { text: answer } : answer;
}

const DEFAULT_LOGPROB = -0.05;

export function logprobOf(answer: Answer, token: AnswerToken, index: number): number {
  if (token.logprob !== undefined) return token.logprob;
  if (typeof answer.logprob === 'function') return answer.logprob(token.text, index);
  return answer.logprob ?? DEFAULT_LOGPROB;
}

/** How fast a server answers. In ms. */
export interface Pace {
  readonly firstTokenMs: number;
  readonly tokenMs: number;
}
