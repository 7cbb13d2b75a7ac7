import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat, statfs, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { DownloadError } from './download-error';
import { lockDownload } from './download-lock';
import { noNetwork, type HubFile } from './hub-file';

export interface DownloadProgress {
  readonly state: 'checking' | 'downloading' | 'verifying';
  readonly doneBytes: number;
  readonly totalBytes: number;
}

export interface DownloadOptions {
  readonly file: HubFile;
  readonly folder: string;
  /** The file's name in the folder. */
  readonly name: string;
  readonly signal: AbortSignal;
  /** Free bytes of the folder's disk; for tests. */
  readonly freeBytes?: (folder: string) => Promise<number>;
  /** Silence after which a connection counts as dead, in ms; for tests. */
  readonly silenceMs?: number;
}

/** Free space that is left to the user, in bytes. */
const RESERVE_BYTES = 500e6;
/** Connections that break are taken up again where they broke, this often without a byte in between. */
const TRIES = 4;
const SILENCE_MS = 60_000;
/** Between two reports of progress, in bytes. */
const REPORT_BYTES = 1e6;

/**
 * Downloads a file and verifies it; the last report is followed by the end, and then the file is at its name. What has
 * come stays beside it under a name with its checksum, so that a pause, a broken line or another day go on from there.
 * Throws `DownloadError`.
 */
export async function* download(options: DownloadOptions): AsyncGenerator<DownloadProgress> {
  const { file, folder, name, signal } = options;
  await mkdir(folder, { recursive: true });
  const final = path.join(folder, name);
  const part = `${final}.${file.sha256.slice(0, 12)}.part`;
  const unlock = await lockDownload(`${part}.lock`);
  try {
    const have = await sizeOf(part);
    await checkSpace(options, file.sizeBytes - have);
    yield { state: 'checking', doneBytes: have, totalBytes: file.sizeBytes };
    const hash = await fill(part, options);
    for (;;) {
      const { value, done } = await hash.next();
      if (done === true) {
        yield { state: 'verifying', doneBytes: file.sizeBytes, totalBytes: file.sizeBytes };
        await verify(part, file, value);
        break;
      }
      yield { state: 'downloading', doneBytes: value, totalBytes: file.sizeBytes };
    }
    await rename(part, final);
  } catch (error) {
    throw meaning(error, signal);
  } finally {
    await unlock();
  }
}

/** Adds to `part` until it is whole; yields the bytes so far, returns the checksum of all of them. */
async function fill(part: string, options: DownloadOptions): Promise<AsyncGenerator<number, Hash>> {
  const { file, signal } = options;
  const hash = createHash('sha256');
  let have = await sizeOf(part);
  if (have > file.sizeBytes) have = await empty(part);
  for await (const piece of have > 0 ? createReadStream(part) : []) {
    signal.throwIfAborted();
    hash.update(piece as Buffer);
  }
  return filling(part, have, hash, options);
}

async function* filling(
  part: string,
  start: number,
  first: Hash,
  options: DownloadOptions,
): AsyncGenerator<number, Hash> {
  const { file } = options;
  let hash = first;
  let have = start;
  let failures = 0;
  while (have < file.sizeBytes) {
    const before = have;
    try {
      const response = await ask(have, options);
      if (response.status === 200 && have > 0) {
        // The server knows no ranges: all of it comes again.
        have = await empty(part);
        hash = createHash('sha256');
      }
      const handle = await open(part, 'a');
      try {
        for await (const bytes of bodyOf(response, options)) {
          if (have + bytes.length > file.sizeBytes) throw longer(file);
          await writeAll(handle, bytes);
          hash.update(bytes);
          const reported = Math.floor(have / REPORT_BYTES);
          have += bytes.length;
          if (Math.floor(have / REPORT_BYTES) > reported) yield have;
        }
      } finally {
        await handle.close();
      }
      if (have < file.sizeBytes) throw noNetwork(file.url, new Error('the connection ended early'));
    } catch (error) {
      failures = have > before ? 1 : failures + 1;
      if (!isBroken(error) || options.signal.aborted || failures >= TRIES) throw error;
    }
  }
  return hash;
}

const isBroken = (error: unknown): boolean => error instanceof DownloadError && error.kind === 'no-network';

async function ask(from: number, { file, signal }: DownloadOptions): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(file.url, {
      headers: { 'accept-encoding': 'identity', ...(from === 0 ? {} : { range: `bytes=${String(from)}-` }) },
      signal,
    });
  } catch (error) {
    throw noNetwork(file.url, error);
  }
  if (response.status === 200) return response;
  if (response.status === 206) {
    const start = /^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '')?.[1];
    if (Number(start) === from) return response;
  }
  await response.body?.cancel();
  if (response.status >= 500) throw noNetwork(file.url, new Error(`status ${String(response.status)}`));
  throw new DownloadError(
    response.status === 404 ? 'not-found' : 'refused',
    `The hub did not give the file out (status ${String(response.status)}).`,
  );
}

/** The bytes as they come; silence for too long breaks the connection. */
async function* bodyOf(response: Response, options: DownloadOptions): AsyncGenerator<Buffer> {
  const reader = response.body?.getReader();
  if (reader === undefined) return;
  const silenceMs = options.silenceMs ?? SILENCE_MS;
  try {
    for (;;) {
      const { done, value } = await withinSilence(reader.read(), silenceMs, options.file.url);
      if (done) return;
      yield Buffer.from(value.buffer, value.byteOffset, value.byteLength);
    }
  } catch (error) {
    throw error instanceof DownloadError ? error : noNetwork(options.file.url, error);
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

async function withinSilence<Result>(work: Promise<Result>, ms: number, url: string): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(noNetwork(url, new Error('nothing came'))), ms);
  });
  try {
    return await Promise.race([work, silence]);
  } finally {
    clearTimeout(timer);
  }
}

async function verify(part: string, file: HubFile, hash: Hash): Promise<void> {
  if ((await sizeOf(part)) === file.sizeBytes && hash.digest('hex') === file.sha256) return;
  await rm(part, { force: true });
  throw new DownloadError(
    'wrong-content',
    'What was downloaded is not what the hub promised: the checksum differs. It was deleted.',
  );
}

async function checkSpace(options: DownloadOptions, wantedBytes: number): Promise<void> {
  const free = await (options.freeBytes ?? freeBytesOf)(options.folder);
  if (free >= wantedBytes + RESERVE_BYTES) return;
  const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;
  throw new DownloadError(
    'disk-full',
    `The disk has ${gigabytes(free)} free; ${gigabytes(wantedBytes)} are to come, and half a gigabyte is to be left.`,
  );
}

/** Also of a folder that is yet to be made. */
export async function freeBytesOf(folder: string): Promise<number> {
  const parent = path.dirname(folder);
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch (error) {
    if (parent === folder) throw error;
    return freeBytesOf(parent);
  }
}

const sizeOf = async (file: string): Promise<number> => (await stat(file).catch(() => undefined))?.size ?? 0;

async function empty(file: string): Promise<number> {
  await rm(file, { force: true });
  return 0;
}

async function writeAll(handle: FileHandle, bytes: Buffer): Promise<void> {
  for (let at = 0; at < bytes.length;) at += (await handle.write(bytes, at)).bytesWritten;
}

const longer = (file: HubFile): DownloadError =>
  new DownloadError(
    'wrong-content',
    `The hub sent more than the ${String(file.sizeBytes)} bytes it promised.`,
  );

function meaning(error: unknown, signal: AbortSignal): DownloadError {
  if (signal.aborted) return new DownloadError('paused', 'The download is paused; what has come is kept.');
  if (error instanceof DownloadError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  if (code === 'ENOSPC')
    return new DownloadError('disk-full', 'The disk is full; what has come is kept.', error);
  return new DownloadError('file-system', `The file could not be written (${code}).`, error);
}
