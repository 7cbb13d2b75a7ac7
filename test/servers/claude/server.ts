import type { Socket } from 'node:net';
import { instantAnswers } from '../answers/answers';
import { Faults, type Fault } from '../faults';
import { fieldsOf, textOf, type Fields } from '../fields';
import { sendJson, startHttp, type Exchange, type HttpOptions, type HttpServer } from '../http';
import { answerOf, type Answerer, type Pace } from '../question';
import { sendFrames, strikeBefore } from '../stream';
import { countTokens } from '../tokenize';
import { Bill, type BillItem } from './bill';
import { errorBody, errorEvent } from './errors';
import { messageFrames } from './message';
import { CLAUDE_MODELS, isModel, refusalOf } from './models';
import { blocksOf, contentRefusal, questionOf } from './prompt';
import { PromptCache } from './prompt-cache';

export interface ClaudeServerOptions extends HttpOptions, Partial<Pace> {
  readonly answer?: Answerer;
  /** Keys it takes; by default any that begins with `sk-ant-`. */
  readonly accepts?: (key: string) => boolean;
  /** Milliseconds since 1970, for the life of the prompt cache. */
  readonly clock?: () => number;
}

export interface ClaudeServer extends HttpServer {
  readonly faults: Faults;
  readonly bill: Bill;
}

/** Most tokens a prompt may have. */
const CONTEXT_TOKENS = 1_000_000;
/**
 * A client that hangs up closes its connection; one that got the whole message keeps it for the next request. A
 * connection that closes this soon after the last byte was left to a hang-up that crossed it on the way. In ms.
 */
const CROSSED_MS = 500;

/** A server that speaks the Messages API, on the loopback, with a bill of its own. */
export async function startClaudeServer(options: ClaudeServerOptions = {}): Promise<ClaudeServer> {
  const claude = new ClaudeApi(options);
  const http = await startHttp((exchange) => claude.handle(exchange), options);
  return Object.assign(http, { faults: claude.faults, bill: claude.bill });
}

class ClaudeApi {
  readonly faults = new Faults();
  readonly bill = new Bill();
  readonly #cache: PromptCache;
  /** Connections whose last message may still turn out not to have arrived. */
  readonly #watched = new Map<Socket, () => void>();
  #count = 0;

  constructor(private readonly options: ClaudeServerOptions) {
    this.#cache = new PromptCache(options.clock ?? Date.now);
  }

  async handle(exchange: Exchange): Promise<void> {
    const { request, response } = exchange;
    // Another request on the same connection: the client was content with the message before.
    this.#watched.get(exchange.socket)?.();
    const requestId = `req_${String(request.number).padStart(8, '0')}`;
    response.setHeader('request-id', requestId);
    const fail = (status: number, error?: string, headers: Record<string, string> = {}): void => {
      sendJson(response, status, errorBody(status, error, requestId), headers);
    };
    if (!this.#accepts(exchange)) {
      fail(401, 'invalid x-api-key');
      return;
    }
    const fault = this.faults.pick(request);
    if (fault?.kind === 'status') {
      const headers = fault.retryAfterS === undefined ? {} : { 'retry-after': String(fault.retryAfterS) };
      fail(fault.status, fault.error, headers);
      return;
    }
    const body = fieldsOf(request.body);
    switch (`${request.method} ${request.path}`) {
      case 'GET /v1/models':
        if (await strikeBefore(exchange, fault)) return;
        this.#models(exchange);
        return;
      case 'POST /v1/messages/count_tokens':
        sendJson(response, 200, {
          input_tokens: blocksOf(body).reduce((sum, block) => sum + countTokens(block.text), 0),
        });
        return;
      case 'POST /v1/messages':
        await this.#message(exchange, body, fault, fail);
        return;
      default:
        fail(404);
    }
  }

  #accepts({ request }: Exchange): boolean {
    const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
    const key = bearer ?? textOf(request.headers['x-api-key']);
    return (this.options.accepts ?? ((given) => given.startsWith('sk-ant-')))(key);
  }

  #models({ response, query }: Exchange): void {
    const limit = Number(query.get('limit') ?? 20);
    const data = CLAUDE_MODELS.slice(0, limit);
    const ids = data.map((model) => model['id']);
    sendJson(response, 200, {
      data,
      has_more: data.length < CLAUDE_MODELS.length,
      first_id: ids[0],
      last_id: ids.at(-1),
      next_page: null,
    });
  }

  async #message(
    exchange: Exchange,
    body: Fields,
    fault: Fault | undefined,
    fail: (status: number, error?: string) => void,
  ): Promise<void> {
    const model = textOf(body['model']);
    if (!isModel(model)) {
      fail(404, `model: ${model}`);
      return;
    }
    const refusal = refusalOf(model, body) ?? contentRefusal(body);
    if (refusal !== undefined) {
      fail(400, refusal);
      return;
    }
    const promptTokens = blocksOf(body).reduce((sum, block) => sum + countTokens(block.text), 0);
    if (promptTokens > CONTEXT_TOKENS) {
      fail(400, `prompt is too long: ${promptTokens} tokens > ${CONTEXT_TOKENS} maximum`);
      return;
    }
    // From here on the request is accepted, and what it makes the server do is billed, also when nobody hears it.
    const item = this.#charge(exchange.request.number, model, body);
    if (await strikeBefore(exchange, fault)) return;
    await this.#answer(exchange, body, item, fault);
  }

  #charge(request: number, model: string, body: Fields): BillItem {
    const least = /-5-5\b/.test(model) ? 512 : 1024;
    const cached = this.#cache.use(model, blocksOf(body), least);
    const item: BillItem = {
      messageId: `msg_${String((this.#count += 1)).padStart(8, '0')}`,
      request,
      model,
      at: Date.now(),
      ended: false,
      usage: {
        input_tokens: cached.uncached,
        cache_creation_input_tokens: cached.write5m + cached.write1h,
        cache_read_input_tokens: cached.read,
        cache_creation: {
          ephemeral_5m_input_tokens: cached.write5m,
          ephemeral_1h_input_tokens: cached.write1h,
        },
        output_tokens: 0,
      },
    };
    this.bill.items.push(item);
    return item;
  }

  async #answer(exchange: Exchange, body: Fields, item: BillItem, fault: Fault | undefined): Promise<void> {
    const question = questionOf(item.model, body);
    const answer = await answerOf(this.options.answer ?? instantAnswers, question, exchange.gone);
    const pace = { firstTokenMs: this.options.firstTokenMs ?? 0, tokenMs: this.options.tokenMs ?? 0 };
    const frames = messageFrames(item, answer, body, pace);
    // A client that gives up on a spoilt stream has not got its message, however much the server went on to send.
    const end = await sendFrames(exchange, 'text/event-stream; charset=utf-8', frames, fault, errorEvent);
    item.ended = end === 'whole';
    if (item.ended) this.#watchForHangUp(exchange, item);
  }

  #watchForHangUp({ socket, closing }: Exchange, item: BillItem): void {
    const { bytesRead } = socket;
    const crossed = (broken: boolean): void => {
      // Where the server itself lets an idle connection go, the other side has not ended; and where another request had
      // begun on it, that one was given up.
      const byClient = broken || socket.readableEnded;
      if (!closing() && byClient && socket.bytesRead === bytesRead) item.ended = false;
    };
    const forget = (): void => {
      clearTimeout(timer);
      socket.off('close', crossed);
      this.#watched.delete(socket);
    };
    const timer = setTimeout(forget, CROSSED_MS);
    timer.unref();
    socket.once('close', crossed);
    this.#watched.set(socket, forget);
  }
}
