import { fieldsOf, listOf, numberOf, textOf, textsOf, type Fields } from '../fields';
import { parseFimPrompt } from '../fim-prompt';
import { LimitedAnswer } from '../limits';
import { answerOf, logprobOf, type Answerer, type Pace, type Question } from '../question';
import type { Frame } from '../stream';
import { countTokens, tokenize } from '../tokenize';
import { now } from './time';

/** One request for an answer, `/api/chat` or `/api/generate`. */
export interface OllamaQuestion {
  readonly chat: boolean;
  readonly question: Question;
  readonly model: string;
  readonly fields: Fields;
  readonly options: Fields;
  readonly promptTokens: number;
  readonly thinks: boolean;
}

export function readQuestion(chat: boolean, fields: Fields, canThink: boolean): OllamaQuestion {
  const model = textOf(fields['model']);
  const question = chat ? chatQuestion(model, fields) : generateQuestion(model, fields);
  const prompt = chat
    ? JSON.stringify(fields['messages'])
    : `${textOf(fields['prompt'])}${textOf(fields['suffix'])}`;
  return {
    chat,
    question,
    model,
    fields,
    options: fieldsOf(fields['options']),
    promptTokens: countTokens(prompt),
    // A model that can think does so unless told not to.
    thinks: canThink && fields['think'] !== false,
  };
}

function chatQuestion(model: string, fields: Fields): Question {
  const messages = listOf(fields['messages']).map(fieldsOf);
  const system = messages.filter((message) => message['role'] === 'system');
  return {
    kind: 'chat',
    model,
    system: system.map((message) => textOf(message['content'])).join('\n'),
    messages: messages
      .filter((message) => message['role'] !== 'system')
      .map((message) => ({ role: textOf(message['role']), text: textOf(message['content']) })),
  };
}

function generateQuestion(model: string, fields: Fields): Question {
  const prompt = textOf(fields['prompt']);
  const suffix = textOf(fields['suffix']);
  if (suffix !== '') return { kind: 'infill', model, prefix: prompt, suffix };
  const fim = fields['raw'] === true ? parseFimPrompt(prompt) : undefined;
  if (fim !== undefined) return { kind: 'infill', model, ...fim };
  return {
    kind: 'chat',
    model,
    system: textOf(fields['system']),
    messages: [{ role: 'user', text: prompt }],
  };
}

/** The answer as NDJSON lines, the last with the figures. */
export async function* answerFrames(
  asked: OllamaQuestion,
  answerer: Answerer,
  pace: Pace,
  loadMs: number,
  gone: AbortSignal,
): AsyncGenerator<Frame> {
  const answer = await answerOf(answerer, asked.question, gone);
  const limits = { maxTokens: maxTokens(asked.options), stop: textsOf(asked.options['stop']) };
  const wantsLogprobs = asked.fields['logprobs'] === true;
  const started = performance.now();
  const thoughts = asked.thinks ? tokenize(answer.thinking ?? 'Let me think.') : [];
  let written = 0;
  const afterMs = (): number => (written === 0 ? pace.firstTokenMs : pace.tokenMs);
  for (const thinking of thoughts) {
    yield line(asked, { thinking }, afterMs());
    written += 1;
  }
  const limit = new LimitedAnswer(answer, limits);
  for await (const token of limit.tokens()) {
    const logprob = logprobOf(answer, token, limit.count - 1);
    const extra = wantsLogprobs ? { logprobs: [{ token: token.text, logprob }] } : {};
    yield line(asked, { text: token.text, extra }, afterMs());
    written += 1;
  }
  const times = { loadMs, firstTokenMs: pace.firstTokenMs, started };
  yield lastLine(asked, limit.end, written, times, afterMs());
}

const maxTokens = (options: Fields): number => {
  const limit = numberOf(options['num_predict'], -1);
  return limit < 0 ? Infinity : limit;
};

function line(
  asked: OllamaQuestion,
  piece: { text?: string; thinking?: string; extra?: Fields },
  afterMs: number,
): Frame {
  const thinking = piece.thinking === undefined ? {} : { thinking: piece.thinking };
  const body = asked.chat
    ? { message: { role: 'assistant', content: piece.text ?? '', ...thinking } }
    : { response: piece.text ?? '', ...thinking };
  const whole = { model: asked.model, created_at: now(), ...body, done: false, ...piece.extra };
  return { bytes: `${JSON.stringify(whole)}\n`, kind: 'text', afterMs };
}

function lastLine(
  asked: OllamaQuestion,
  end: 'stop' | 'length',
  count: number,
  times: { loadMs: number; firstTokenMs: number; started: number },
  afterMs: number,
): Frame {
  const ns = (ms: number): number => Math.round(ms * 1_000_000);
  const elapsed = performance.now() - times.started;
  const figures = {
    total_duration: ns(times.loadMs + elapsed),
    load_duration: ns(times.loadMs),
    prompt_eval_count: asked.promptTokens,
    prompt_eval_duration: ns(times.firstTokenMs),
    eval_count: count,
    eval_duration: ns(Math.max(0, elapsed - times.firstTokenMs)),
  };
  // Figures that are zero are left out, as Go's omitempty does.
  const present = Object.fromEntries(Object.entries(figures).filter(([, value]) => value > 0));
  const body = asked.chat ? { message: { role: 'assistant', content: '' } } : { response: '' };
  const whole = { model: asked.model, created_at: now(), ...body, done: true, done_reason: end, ...present };
  return { bytes: `${JSON.stringify(whole)}\n`, kind: 'end', afterMs };
}
