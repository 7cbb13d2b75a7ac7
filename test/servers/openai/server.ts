import { instantAnswers } from '../answers/answers';
import { Faults, type Fault } from '../faults';
import { fieldsOf, listOf, textOf, type Fields } from '../fields';
import { parseFimPrompt } from '../fim-prompt';
import { sendJson, startHttp, type Exchange, type HttpOptions, type HttpServer } from '../http';
import { answerOf, type Answer, type Answerer, type Pace, type Question } from '../question';
import { sendFrames, strikeBefore, type Frame } from '../stream';
import { countTokens } from '../tokenize';
import { errorBody, errorEvent } from './errors';
import { chatFrames, completionFrames, infillFrames } from './streams';

export interface OpenAIServerOptions extends HttpOptions, Partial<Pace> {
  readonly models?: readonly string[];
  readonly answer?: Answerer;
  /** `llama.cpp` has `/infill`; `gateway` has chats alone; `plain` has raw completions. */
  readonly kind?: 'llama.cpp' | 'plain' | 'gateway';
  /** The key it wants; none by default. */
  readonly key?: string;
}

export interface OpenAIServer extends HttpServer {
  readonly faults: Faults;
}

/** A server that speaks OpenAI's API, on the loopback. Its address goes on with `/v1`. */
export async function startOpenAIServer(options: OpenAIServerOptions = {}): Promise<OpenAIServer> {
  const api = new OpenAIApi(options);
  const http = await startHttp((exchange) => api.handle(exchange), options);
  return Object.assign(http, { faults: api.faults });
}

class OpenAIApi {
  readonly faults = new Faults();
  readonly #models: readonly string[];

  constructor(private readonly options: OpenAIServerOptions) {
    this.#models = options.models ?? ['qwen2.5-coder-1.5b-q8_0.gguf'];
  }

  async handle(exchange: Exchange): Promise<void> {
    const { request, response } = exchange;
    const fault = this.faults.pick(request);
    if (await strikeBefore(exchange, fault)) return;
    const fail = (status: number, error?: string, headers: Record<string, string> = {}): void => {
      sendJson(response, status, errorBody(status, error), headers);
    };
    if (this.options.key !== undefined && request.headers.authorization !== `Bearer ${this.options.key}`) {
      fail(401, 'invalid_api_key');
      return;
    }
    if (fault?.kind === 'status') {
      fail(
        fault.status,
        fault.error,
        fault.retryAfterS === undefined ? {} : { 'retry-after': String(fault.retryAfterS) },
      );
      return;
    }
    if (`${request.method} ${request.path}` === 'GET /v1/models') {
      const data = this.#models.map((id) => ({
        id,
        object: 'model',
        owned_by: 'here',
        meta: { n_ctx: 16_384, size: 1_600_000_000 },
      }));
      sendJson(response, 200, { object: 'list', data });
      return;
    }
    const body = fieldsOf(request.body);
    const asked = this.#route(`${request.method} ${request.path}`, body);
    if (asked === undefined) {
      fail(404, 'File Not Found');
      return;
    }
    if (request.path.startsWith('/v1/') && !this.#models.includes(textOf(body['model']))) {
      fail(404, 'model_not_found');
      return;
    }
    await this.#answer(exchange, asked, fault);
  }

  #route(route: string, body: Fields): Asked | undefined {
    const pace = { firstTokenMs: this.options.firstTokenMs ?? 0, tokenMs: this.options.tokenMs ?? 0 };
    const tokens = countTokens(JSON.stringify(body));
    const kind = this.options.kind ?? 'llama.cpp';
    const model = textOf(body['model']);
    switch (route) {
      case 'POST /v1/chat/completions':
        return {
          question: chatQuestion(model, body),
          frames: (answer) => chatFrames('chatcmpl-1', answer, body, tokens, pace),
        };
      case 'POST /v1/completions':
        if (kind === 'gateway') return undefined;
        return {
          question: completionQuestion(model, body),
          frames: (answer) => completionFrames('cmpl-1', answer, body, tokens, pace),
        };
      case 'POST /infill':
        if (kind !== 'llama.cpp') return undefined;
        return {
          question: {
            kind: 'infill',
            model,
            prefix: textOf(body['input_prefix']),
            suffix: textOf(body['input_suffix']),
          },
          frames: (answer) => infillFrames(answer, body, tokens, pace),
        };
      default:
        return undefined;
    }
  }

  async #answer(exchange: Exchange, asked: Asked, fault: Fault | undefined): Promise<void> {
    const answer = await answerOf(this.options.answer ?? instantAnswers, asked.question, exchange.gone);
    await sendFrames(exchange, 'text/event-stream', asked.frames(answer), fault, errorEvent);
  }
}

interface Asked {
  readonly question: Question;
  readonly frames: (answer: Answer) => AsyncIterable<Frame>;
}

function chatQuestion(model: string, body: Fields): Question {
  const messages = listOf(body['messages'])
    .map(fieldsOf)
    .map((message) => ({ role: textOf(message['role']), text: textOf(message['content']) }));
  const system = messages.filter(({ role }) => role === 'system').map(({ text }) => text);
  return {
    kind: 'chat',
    model,
    system: system.join('\n'),
    messages: messages.filter(({ role }) => role !== 'system'),
  };
}

function completionQuestion(model: string, body: Fields): Question {
  const prompt = textOf(body['prompt']);
  const fim = parseFimPrompt(prompt) ?? { prefix: prompt, suffix: textOf(body['suffix']) };
  return { kind: 'infill', model, ...fim };
}
