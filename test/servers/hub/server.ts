import { createHash } from 'node:crypto';
import { pause, startHttp, type Exchange, type HttpServer } from '../http';

/** What goes wrong with a download. */
export type HubFault =
  /** The connection breaks after so many bytes of an answer. */
  | { readonly kind: 'cut'; readonly afterBytes: number }
  /** The bytes are not those the headers promise. */
  | { readonly kind: 'wrong-bytes' }
  | { readonly kind: 'longer' }
  /** A pause before each piece, in ms. */
  | { readonly kind: 'slow'; readonly ms: number }
  /** Silence after so many bytes. */
  | { readonly kind: 'hang'; readonly afterBytes: number }
  | { readonly kind: 'status'; readonly status: number };

export interface HubServer extends HttpServer {
  /** Strikes the next downloads, one each. */
  readonly faults: HubFault[];
  /** The ranges that were asked for; empty for a whole file. */
  readonly ranges: readonly string[];
}

export interface HubOptions {
  /** Files by `owner/repository/file`. */
  readonly files: Readonly<Record<string, Buffer>>;
  /** The storage behind it does not know ranges. */
  readonly noRanges?: boolean;
  /** Repositories under an older name, which redirects by a relative address. */
  readonly renamed?: Readonly<Record<string, string>>;
  /** Files small enough to lie in git itself have a git hash for an etag. */
  readonly gitHash?: boolean;
}

/** Pieces of an answer, in bytes. */
const PIECE_BYTES = 64 * 1024;

/**
 * A model hub: `/<owner>/<repository>/resolve/main/<file>` redirects to the storage, and tells size and SHA-256 in the
 * headers of the redirect (`x-linked-size`, `x-linked-etag`).
 */
export async function startHubServer(options: HubOptions): Promise<HubServer> {
  const faults: HubFault[] = [];
  const ranges: string[] = [];
  const http = await startHttp(async (exchange) => {
    const { request } = exchange;
    const resolve = /^\/([^/]+\/[^/]+)\/resolve\/main\/(.+)$/.exec(request.path);
    if (resolve !== null) {
      redirect(exchange, options, resolve[1] ?? '', resolve[2] ?? '');
      return;
    }
    const file = options.files[decodeURIComponent(request.path.replace('/storage/', ''))];
    if (file === undefined) exchange.response.writeHead(404).end();
    else await give(exchange, file, options, faults.shift(), ranges);
  });
  return Object.assign(http, { faults, ranges });
}

function redirect({ response }: Exchange, options: HubOptions, repository: string, file: string): void {
  const newName = options.renamed?.[repository];
  if (newName !== undefined) {
    response.writeHead(307, { location: `/${newName}/resolve/main/${file}` }).end();
    return;
  }
  const name = `${repository}/${decodeURIComponent(file)}`;
  const bytes = options.files[name];
  if (bytes === undefined) {
    response.writeHead(404).end();
    return;
  }
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  response
    .writeHead(302, {
      location: `/storage/${encodeURIComponent(name)}`,
      etag: '"0123456789abcdef0123456789abcdef01234567"',
      'x-linked-size': String(bytes.length),
      'x-linked-etag': `"${options.gitHash === true ? sha256.slice(0, 40) : sha256}"`,
    })
    .end();
}

async function give(
  exchange: Exchange,
  file: Buffer,
  options: HubOptions,
  fault: HubFault | undefined,
  ranges: string[],
): Promise<void> {
  const { request, response, gone } = exchange;
  const range = request.headers.range ?? '';
  ranges.push(range);
  if (fault?.kind === 'status') {
    response.writeHead(fault.status).end();
    return;
  }
  const from = options.noRanges === true ? 0 : Number(/^bytes=(\d+)-$/.exec(range)?.[1] ?? 0);
  const total = file.length;
  if (from > 0) {
    response.writeHead(206, {
      'content-range': `bytes ${String(from)}-${String(total - 1)}/${String(total)}`,
    });
  } else response.writeHead(200, { 'content-type': 'application/octet-stream' });
  const body = bodyOf(file.subarray(from), fault);
  for (let at = 0; at < body.length; at += PIECE_BYTES) {
    if (fault?.kind === 'slow' && !(await pause(fault.ms, gone))) return;
    if (fault?.kind === 'hang' && at >= fault.afterBytes) {
      await pause(2 ** 31 - 1, gone);
      return;
    }
    if (fault?.kind === 'cut' && at >= fault.afterBytes) {
      request.state = 'broken-by-server';
      response.destroy();
      return;
    }
    response.write(body.subarray(at, at + PIECE_BYTES));
    // What was written leaves before the connection may break.
    if (!(await pause(0, gone))) return;
  }
  response.end();
}

function bodyOf(rest: Buffer, fault: HubFault | undefined): Buffer {
  if (fault?.kind === 'longer') return Buffer.concat([rest, Buffer.alloc(1000)]);
  if (fault?.kind !== 'wrong-bytes') return rest;
  const changed = Buffer.from(rest);
  changed[0] = (changed[0] ?? 0) ^ 0xff;
  return changed;
}
