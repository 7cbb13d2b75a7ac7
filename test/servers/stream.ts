import type { Fault } from './faults';
import { pause, type Exchange } from './http';

/** One event of a stream: an NDJSON line or a server-sent event, line ends included. */
export interface Frame {
  readonly bytes: string;
  /** `text` frames carry a piece of the answer; faults strike between them. */
  readonly kind: 'start' | 'text' | 'end';
  /** Milliseconds to wait before it. */
  readonly afterMs?: number;
  /** Called once the frame was handed to the connection. */
  readonly sent?: () => void;
}

export type StreamEnd =
  /** Every frame was sent as it should be. */
  | 'whole'
  /** Sent to the end, but a fault has spoilt what was sent. */
  | 'spoilt'
  /** The connection ended before the last frame, from either side. */
  | 'broken';

/** Frames an endless stream may send before the server itself gives up: a client that never stops is a bug. */
const ENDLESS_FRAMES = 1_000_000;

/** Padding up to this is a strange line, but one a client may well take. */
const HARMLESS_LINE_BYTES = 64 * 1024;

/** Pieces of text without a pause between them that go out in one packet. */
const TEXTS_AT_ONCE = 4;

/** Faults that send a piece other than it is. */
const MANGLED: ReadonlySet<Fault['kind'] | undefined> = new Set(['cut', 'bad-json', 'long-line', 'bad-utf8']);

/** Writes a stream with its fault, frame by frame, and says how it ended. */
export async function sendFrames(
  exchange: Exchange,
  contentType: string,
  frames: Iterable<Frame> | AsyncIterable<Frame>,
  fault: Fault | undefined,
  errorFrame: (error: string | undefined) => string,
): Promise<StreamEnd> {
  const { response, gone } = exchange;
  if (fault?.kind === 'slow-headers' && !(await pause(fault.ms, gone))) return 'broken';
  const writer = new FaultyWriter(exchange, fault, errorFrame);
  const headers = {
    'content-type': fault?.kind === 'wrong-type' ? 'text/html; charset=utf-8' : contentType,
    'cache-control': 'no-cache',
  };
  let texts = 0;
  for await (const frame of frames) {
    const wait = (frame.afterMs ?? 0) + (fault?.kind === 'slow-body' ? fault.ms : 0);
    if (gone.aborted) return 'broken';
    // Frames without a pause of their own leave together, as they do where a server is faster than its network.
    const breathes = wait > 0 || (frame.kind === 'text' && (texts += 1) % TEXTS_AT_ONCE === 1);
    if (breathes && !(await pause(wait, gone))) return 'broken';
    // As in the real servers, the headers go out with the first event, not before.
    if (!response.headersSent) response.writeHead(200, headers);
    if ((await writer.write(frame)) === 'broken') return 'broken';
    if (writer.stopped) break;
  }
  await writer.flush();
  if (response.destroyed || gone.aborted) return 'broken';
  response.end();
  return writer.spoilt ? 'spoilt' : 'whole';
}

class FaultyWriter {
  spoilt = false;
  stopped = false;
  #texts = 0;
  #held: Frame | undefined;
  #swapped = false;

  constructor(
    private readonly exchange: Exchange,
    private readonly fault: Fault | undefined,
    private readonly errorFrame: (error: string | undefined) => string,
  ) {}

  /** Sends one frame, or what the fault makes of it. */
  async write(frame: Frame): Promise<'sent' | 'broken'> {
    const struck = frame.kind === 'text' && (this.#texts += 1) === 2;
    switch (this.fault?.kind) {
      case 'duplicate':
        await this.#send(frame);
        // Made once, whatever is sent.
        return this.#raw(frame.bytes);
      case 'no-end':
        if (frame.kind !== 'end') return this.#send(frame);
        this.spoilt = true;
        return 'sent';
      case 'endless':
        return frame.kind === 'end' ? this.#forever() : this.#keepAndSend(frame);
      case undefined:
      case 'slow-body':
      case 'slow-headers':
      case 'status':
      case 'reset':
      case 'hang-before':
        return this.#send(frame);
      case 'wrong-type':
        this.spoilt = true;
        return this.#send(frame);
      case 'reorder':
        return this.#reorder(frame, this.fault.at ?? 'text');
      default:
        return struck || frame.kind === 'end' ? this.#strike(frame) : this.#send(frame);
    }
  }

  async flush(): Promise<void> {
    const held = this.#held;
    this.#held = undefined;
    if (held !== undefined && this.fault?.kind === 'reorder') await this.#send(held);
  }

  /** The second piece of text (or the end of a short answer) is where mid-stream faults strike. */
  async #strike(frame: Frame): Promise<'sent' | 'broken'> {
    if (this.spoilt) return this.#send(frame);
    this.spoilt = true;
    // The model has made this piece, whatever comes of it on the way.
    if (MANGLED.has(this.fault?.kind)) frame.sent?.();
    switch (this.fault?.kind) {
      case 'hang-mid':
        await pause(2 ** 31 - 1, this.exchange.gone);
        return 'broken';
      case 'cut':
        await this.#raw(frame.bytes.slice(0, Math.ceil(frame.bytes.length / 2)));
        // Lets the half line leave before the connection goes.
        await pause(5, this.exchange.gone);
        this.#break();
        return 'broken';
      case 'bad-json':
        return this.#raw(
          frame.bytes.replace(/\{[\s\S]*\}/, (json) => json.slice(0, Math.ceil(json.length * 0.6))),
        );
      case 'error-mid':
        this.stopped = true;
        return this.#raw(this.errorFrame(this.fault.error));
      case 'long-line':
        this.spoilt = this.fault.bytes > HARMLESS_LINE_BYTES;
        return this.#longLine(frame, this.fault.bytes);
      case 'bad-utf8':
        return this.#raw(
          Buffer.concat([
            Buffer.from(frame.bytes.slice(0, -6)),
            Buffer.from([0xc3, 0x28, 0xff]),
            Buffer.from(frame.bytes.slice(-6)),
          ]),
        );
      default:
        return this.#send(frame);
    }
  }

  async #longLine(frame: Frame, bytes: number): Promise<'sent' | 'broken'> {
    const at = frame.bytes.indexOf('{') + 1;
    await this.#raw(`${frame.bytes.slice(0, at)}"padding":"`);
    const block = 'x'.repeat(64 * 1024);
    for (let sent = 0; sent < bytes; sent += block.length) {
      if ((await this.#raw(block)) === 'broken') return 'broken';
    }
    return this.#raw(`",${frame.bytes.slice(at)}`);
  }

  /** Holds one event back until the next has gone. */
  async #reorder(frame: Frame, at: 'text' | 'end'): Promise<'sent' | 'broken'> {
    const held = this.#held;
    if (held !== undefined) {
      this.#held = undefined;
      if ((await this.#send(frame)) === 'broken') return 'broken';
      return this.#send(held);
    }
    if (!this.#swapped && frame.kind === at && (at === 'end' || this.#texts === 2)) {
      this.#swapped = true;
      // Swapped text cannot be told from text; a swapped end can.
      this.spoilt = at === 'end';
      this.#held = frame;
      return 'sent';
    }
    return this.#send(frame);
  }

  #keepAndSend(frame: Frame): Promise<'sent' | 'broken'> {
    if (frame.kind === 'text') this.#held = frame;
    return this.#send(frame);
  }

  async #forever(): Promise<'sent' | 'broken'> {
    this.spoilt = true;
    const frame = this.#held;
    for (let count = 0; frame !== undefined && count < ENDLESS_FRAMES; count += 1) {
      if (count % 16 === 0 && !(await pause(0, this.exchange.gone))) return 'broken';
      if ((await this.#send({ ...frame, bytes: restamp(frame.bytes, count) })) === 'broken') return 'broken';
    }
    this.#break();
    return 'broken';
  }

  async #send(frame: Frame): Promise<'sent' | 'broken'> {
    const result = await this.#raw(frame.bytes);
    if (result === 'sent') frame.sent?.();
    return result;
  }

  #raw(bytes: string | Buffer): Promise<'sent' | 'broken'> {
    const { response, gone } = this.exchange;
    if (response.destroyed || gone.aborted) return Promise.resolve('broken');
    if (response.write(bytes)) return Promise.resolve('sent');
    return new Promise((resolve) => {
      const done = (): void => {
        response.off('drain', done);
        response.off('close', done);
        resolve(response.destroyed ? 'broken' : 'sent');
      };
      response.once('drain', done);
      response.once('close', done);
    });
  }

  #break(): void {
    this.exchange.request.state = 'broken-by-server';
    this.exchange.response.destroy();
  }
}

/** A repeated Ollama line gets a new time, as a real endless answer would. */
const restamp = (bytes: string, count: number): string =>
  bytes.replace(/"created_at":"[^"]*"/, () => `"created_at":"${new Date(Date.now() + count).toISOString()}"`);

/** Faults that strike before any answer. True where the exchange is over. */
export async function strikeBefore(exchange: Exchange, fault: Fault | undefined): Promise<boolean> {
  switch (fault?.kind) {
    case 'reset':
      exchange.request.state = 'broken-by-server';
      exchange.socket.resetAndDestroy();
      return true;
    case 'hang-before':
      await pause(2 ** 31 - 1, exchange.gone);
      return true;
    default:
      return false;
  }
}
