import { instantAnswers } from '../answers/answers';
import { Faults, type Fault } from '../faults';
import { fieldsOf, textOf, type Fields } from '../fields';
import { pause, sendJson, startHttp, type Exchange, type HttpOptions, type HttpServer } from '../http';
import type { Answerer, Pace } from '../question';
import { sendFrames, strikeBefore } from '../stream';
import { errorText } from './errors';
import { answerFrames, readQuestion } from './generate';
import { DEFAULT_MODELS, showOf, tagOf, type ServedModel } from './models';
import { pullFrames } from './pull';
import { Runners, type Load } from './runners';
import { Slots } from './slots';
import { now } from './time';

export interface OllamaServerOptions extends HttpOptions, Partial<Pace> {
  readonly models?: readonly ServedModel[];
  /** Models that `pull` can fetch, beside those it has; by default any name. */
  readonly library?: (name: string) => ServedModel | undefined;
  readonly answer?: Answerer;
  readonly loadMs?: number;
  readonly pullStepMs?: number;
  /** OLLAMA_NUM_PARALLEL; 1 as in the real one. */
  readonly parallel?: number;
  /** OLLAMA_MAX_QUEUE. */
  readonly maxQueue?: number;
  readonly version?: string;
  /** Older servers name no capabilities in /api/tags. */
  readonly tagsNameCapabilities?: boolean;
}

export interface OllamaServer extends HttpServer {
  readonly faults: Faults;
  readonly models: ServedModel[];
  /** Every loading of a model, with the context it was loaded for. */
  readonly loads: readonly Load[];
}

const NDJSON = 'application/x-ndjson';
const errorLine = (error: string | undefined): string =>
  `${JSON.stringify({ error: errorText(500, error) })}\n`;

/** A server that speaks Ollama's API, on the loopback. */
export async function startOllamaServer(options: OllamaServerOptions = {}): Promise<OllamaServer> {
  const ollama = new OllamaApi(options);
  const http = await startHttp((exchange) => ollama.handle(exchange), options);
  return Object.assign(http, { faults: ollama.faults, models: ollama.models, loads: ollama.runners.loads });
}

class OllamaApi {
  readonly faults = new Faults();
  readonly models: ServedModel[];
  readonly runners = new Runners();
  readonly #slots: Slots;
  readonly #pulled = new Map<string, number>();

  constructor(private readonly options: OllamaServerOptions) {
    this.models = [...(options.models ?? DEFAULT_MODELS)];
    this.#slots = new Slots(options.parallel ?? 1, options.maxQueue ?? 512);
  }

  async handle(exchange: Exchange): Promise<void> {
    const { request, response } = exchange;
    const fault = this.faults.pick(request);
    if (await strikeBefore(exchange, fault)) return;
    if (fault?.kind === 'status') {
      const headers = fault.retryAfterS === undefined ? {} : { 'retry-after': String(fault.retryAfterS) };
      sendJson(response, fault.status, { error: errorText(fault.status, fault.error) }, headers);
      return;
    }
    const body = fieldsOf(request.body);
    switch (`${request.method} ${request.path}`) {
      case 'GET /':
        return void response.end('Ollama is running');
      case 'GET /api/version': {
        sendJson(response, 200, { version: this.options.version ?? '0.33.0' });
        return;
      }
      case 'GET /api/tags': {
        sendJson(response, 200, {
          models: this.models.map((model) => tagOf(model, this.options.tagsNameCapabilities ?? true)),
        });
        return;
      }
      case 'GET /api/ps': {
        sendJson(response, 200, { models: this.#running() });
        return;
      }
      case 'GET /v1/models': {
        sendJson(response, 200, {
          object: 'list',
          data: this.models.map(({ name }) => ({ id: name, object: 'model', owned_by: 'library' })),
        });
        return;
      }
      case 'POST /api/show': {
        this.#show(exchange, body);
        return;
      }
      case 'POST /api/pull':
        return this.#pull(exchange, body, fault);
      case 'POST /api/generate':
        return this.#answer(exchange, body, false, fault);
      case 'POST /api/chat':
        return this.#answer(exchange, body, true, fault);
      default:
        response.writeHead(404, { 'content-type': 'text/plain' }).end('404 page not found');
    }
  }

  #find(name: string): ServedModel | undefined {
    return this.models.find((model) => model.name === name || model.name === `${name}:latest`);
  }

  #show({ response }: Exchange, body: Fields): void {
    const name = textOf(body['model']);
    const model = this.#find(name);
    if (model === undefined) {
      sendJson(response, 404, { error: `model '${name}' not found` });
      return;
    }
    sendJson(response, 200, showOf(model));
  }

  #running(): unknown[] {
    return this.runners.list().map((runner) => {
      const model = this.#find(runner.model);
      const size = model?.sizeBytes ?? 0;
      const expires_at = new Date(Math.min(runner.expiresAt, 8.64e15)).toISOString();
      return {
        name: runner.model,
        model: runner.model,
        size,
        size_vram: size,
        expires_at,
        context_length: runner.numCtx,
      };
    });
  }

  async #pull(exchange: Exchange, body: Fields, fault: Fault | undefined): Promise<void> {
    const name = textOf(body['model']) || textOf(body['name']);
    const found = (this.options.library ?? madeUp)(name);
    if (found === undefined) {
      exchange.response.writeHead(200, { 'content-type': NDJSON });
      exchange.response.end(errorLine('pull model manifest: file does not exist'));
      return;
    }
    const have = this.#pulled.get(name) ?? 0;
    const got = (bytes: number): void => void this.#pulled.set(name, bytes);
    const frames = pullFrames(name, found.sizeBytes, have, this.options.pullStepMs ?? 0, got);
    const end = await sendFrames(exchange, NDJSON, frames, fault, errorLine);
    if (end !== 'broken' && this.#find(name) === undefined) this.models.push(found);
  }

  async #answer(exchange: Exchange, body: Fields, chat: boolean, fault: Fault | undefined): Promise<void> {
    const { response, gone } = exchange;
    const name = textOf(body['model']);
    const model = this.#find(name);
    if (model === undefined) {
      sendJson(response, 404, { error: `model '${name}' not found` });
      return;
    }
    const refusal = refuse(model, body);
    if (refusal !== undefined) {
      sendJson(response, 400, { error: refusal });
      return;
    }
    const turn = await this.#slots.take(name, gone);
    if (turn === 'gone') return;
    if (turn === 'full') {
      sendJson(response, 503, { error: errorText(503, undefined) });
      return;
    }
    try {
      await this.#run(exchange, model, body, chat, fault);
    } finally {
      this.#slots.give(name);
    }
  }

  async #run(
    exchange: Exchange,
    model: ServedModel,
    body: Fields,
    chat: boolean,
    fault: Fault | undefined,
  ): Promise<void> {
    const { response, gone } = exchange;
    const asked = readQuestion(chat, body, model.capabilities.includes('thinking'));
    if (isEmpty(body, chat) && body['keep_alive'] === 0) {
      this.runners.unload(model.name);
      sendJson(response, 200, {
        model: model.name,
        created_at: now(),
        response: '',
        done: true,
        done_reason: 'unload',
      });
      return;
    }
    const loading = this.runners.ensure(model.name, asked.options, body['keep_alive']);
    const loadMs = loading ? (this.options.loadMs ?? 0) : 0;
    if (loadMs > 0 && !(await pause(loadMs, gone))) return;
    if (isEmpty(body, chat)) {
      sendJson(response, 200, {
        model: model.name,
        created_at: now(),
        response: '',
        done: true,
        done_reason: 'load',
      });
      return;
    }
    if (asked.promptTokens > this.runners.numCtx(model.name) && body['truncate'] === false) {
      sendJson(response, 400, { error: 'the input length exceeds the context length' });
      return;
    }
    const pace = { firstTokenMs: this.options.firstTokenMs ?? 0, tokenMs: this.options.tokenMs ?? 0 };
    const frames = answerFrames(asked, this.options.answer ?? instantAnswers, pace, loadMs, gone);
    await sendFrames(exchange, NDJSON, frames, fault, errorLine);
  }
}

const isEmpty = (body: Fields, chat: boolean): boolean =>
  chat ? !Array.isArray(body['messages']) || body['messages'].length === 0 : textOf(body['prompt']) === '';

function refuse(model: ServedModel, body: Fields): string | undefined {
  if (textOf(body['suffix']) !== '' && !model.capabilities.includes('insert'))
    return `${model.name} does not support insert`;
  if (!model.capabilities.includes('completion')) return `"${model.name}" does not support generate`;
  if (body['think'] === true && !model.capabilities.includes('thinking'))
    return `"${model.name}" does not support thinking`;
  if (body['raw'] === true && (body['system'] !== undefined || body['template'] !== undefined))
    return 'raw mode does not support template, system, or context';
  return undefined;
}

const madeUp = (name: string): ServedModel | undefined =>
  name === ''
    ? undefined
    : {
        name,
        capabilities: ['completion', 'insert'],
        sizeBytes: 1_000_000_000,
        family: 'qwen2',
        parameters: '1.5B',
        quantization: 'Q4_K_M',
        contextLength: 32_768,
      };
