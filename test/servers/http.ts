import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export type RequestState =
  | 'open'
  /** The server sent all it had to. */
  | 'ended'
  /** The client hung up before that. */
  | 'closed-by-client'
  /** A fault made the server break the connection. */
  | 'broken-by-server';

/** One request as the server saw it, kept for the test to look at. */
export interface RecordedRequest {
  readonly number: number;
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** Parsed JSON where it is JSON, else the text. */
  readonly body: unknown;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The client's port: the same for requests on one connection. */
  readonly connection: number;
  state: RequestState;
  /** The fault that was played on it. */
  fault?: string;
}

/** One request with its answer to be written. */
export interface Exchange {
  readonly request: RecordedRequest;
  readonly query: URLSearchParams;
  readonly response: ServerResponse;
  readonly socket: Socket;
  /** Aborts when the client hangs up or the server closes. */
  readonly gone: AbortSignal;
  /** The server itself is being closed. */
  readonly closing: () => boolean;
}

export interface HttpServer {
  readonly url: string;
  readonly port: number;
  /** All requests so far, oldest first; the newest `keep` of them. */
  readonly requests: readonly RecordedRequest[];
  /** Requests that are neither ended nor closed. */
  open(): number;
  /** Waits until no request is open. */
  settled(): Promise<void>;
  /** From now on connections are refused; running answers go on. */
  refuse(): Promise<void>;
  /** Takes connections again, at the same address. */
  listenAgain(): Promise<void>;
  /** Ends everything at once. */
  close(): Promise<void>;
}

export interface HttpOptions {
  readonly port?: number;
  /** Requests kept for looking at; a soak keeps few. Default 10,000. */
  readonly keep?: number;
  /** Told of each request when it has been read, and when it is over. */
  readonly watch?: { opened(request: RecordedRequest): void; closed(request: RecordedRequest): void };
}

const MAX_BODY_BYTES = 64 * 1024 * 1024;

/** A plain HTTP server on the loopback that records what it gets. */
export async function startHttp(
  handle: (exchange: Exchange) => Promise<void>,
  options: HttpOptions = {},
): Promise<HttpServer> {
  const requests: RecordedRequest[] = [];
  const keep = options.keep ?? 10_000;
  const idle: (() => void)[] = [];
  let open = 0;
  let count = 0;
  let closing = false;

  const settle = (): void => {
    open -= 1;
    if (open === 0) for (const wake of idle.splice(0)) wake();
  };

  const answer = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    // From the beginning: a client may hang up before its whole request is here.
    response.on('close', settle);
    const body = await readBody(incoming);
    const url = new URL(incoming.url ?? '/', 'http://loopback');
    const request: RecordedRequest = {
      number: (count += 1),
      method: incoming.method ?? 'GET',
      path: url.pathname,
      headers: incoming.headers,
      body,
      at: Date.now(),
      connection: incoming.socket.remotePort ?? 0,
      state: 'open',
    };
    requests.push(request);
    if (requests.length > keep) requests.shift();
    options.watch?.opened(request);
    const gone = new AbortController();
    const close = (): void => {
      if (request.state === 'open') request.state = response.writableFinished ? 'ended' : 'closed-by-client';
      gone.abort();
      options.watch?.closed(request);
    };
    if (response.closed) close();
    else response.on('close', close);
    const socket = incoming.socket;
    await handle({
      request,
      query: url.searchParams,
      response,
      socket,
      gone: gone.signal,
      closing: () => closing,
    });
  };

  const server = createServer((incoming, response) => {
    open += 1;
    answer(incoming, response).catch((error: unknown) => {
      if (!response.headersSent && !response.destroyed) response.writeHead(500).end(String(error));
      else response.destroy();
    });
  });
  await listen(server, options.port ?? 0);
  const port = (server.address() as AddressInfo).port;

  return {
    url: `http://127.0.0.1:${port}`,
    port,
    requests,
    open: () => open,
    settled: () => (open === 0 ? Promise.resolve() : new Promise((resolve) => idle.push(resolve))),
    refuse: () => {
      server.close();
      server.closeIdleConnections();
      return Promise.resolve();
    },
    listenAgain: () => listen(server, port),
    close: () =>
      new Promise((resolve) => {
        closing = true;
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}

async function readBody(incoming: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) throw new Error('body too large');
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString('utf8');
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  if (response.destroyed || response.headersSent) return;
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}

/** Waits `ms`, or less when `signal` aborts; false where it did. Zero still lets other work (a hang-up) go first. */
export function pause(ms: number, signal: AbortSignal): Promise<boolean> {
  if (signal.aborted) return Promise.resolve(false);
  return new Promise((resolve) => {
    if (ms <= 0) {
      setImmediate(() => resolve(!signal.aborted));
      return;
    }
    const stop = (): void => {
      clearTimeout(timer);
      resolve(false);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve(true);
    }, ms);
    signal.addEventListener('abort', stop, { once: true });
  });
}
