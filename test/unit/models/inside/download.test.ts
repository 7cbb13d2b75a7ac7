import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { download, type DownloadOptions } from '../../../../src/models/inside/hub/download';
import { DownloadError } from '../../../../src/models/inside/hub/download-error';
import { askHub, type HubFile } from '../../../../src/models/inside/hub/hub-file';
import { startHubServer, type HubOptions, type HubServer } from '../../../servers/hub/server';

const CONTENT = Buffer.from(Array.from({ length: 4_000_000 }, (_, at) => (at * 31) % 251));
const REPOSITORY = 'someone/Some-Model-GGUF';
const FILE = 'some-model q4.gguf';

let hub: HubServer;
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'switchyard-hub-'));
});
afterEach(async () => {
  await hub.close();
  await rm(folder, { recursive: true, force: true });
});

const start = async (options: Partial<HubOptions> = {}): Promise<void> => {
  hub = await startHubServer({ files: { [`${REPOSITORY}/${FILE}`]: CONTENT }, ...options });
};
const ask = (repository = REPOSITORY, file = FILE): Promise<HubFile> =>
  askHub({ hub: hub.url, repository, file });

/** Downloads, and stops when so many bytes have come. */
async function fetchFile(options: Partial<DownloadOptions> = {}, pauseAfter = Infinity): Promise<number> {
  const stop = new AbortController();
  let reports = 0;
  const steps = download({ file: await ask(), folder, name: 'model.gguf', signal: stop.signal, ...options });
  for await (const { doneBytes } of steps) {
    reports += 1;
    if (doneBytes > pauseAfter) stop.abort();
  }
  return reports;
}
const fault = async (work: Promise<unknown>): Promise<DownloadError> => {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof DownloadError) return error;
  throw new Error(`no DownloadError but ${String(error)}`);
};
const result = (): Promise<Buffer> => readFile(path.join(folder, 'model.gguf'));

describe('what the hub says of a file', () => {
  it('is its size and its SHA-256, from the headers of the redirect', async () => {
    await start();

    const file = await ask();

    expect(file.sizeBytes).toBe(CONTENT.length);
    expect(file.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it('is found under the new name of a renamed repository', async () => {
    await start({ renamed: { 'old/Name': REPOSITORY } });

    expect((await ask('old/Name')).sizeBytes).toBe(CONTENT.length);
  });

  it('is an error in words where there is no such file', async () => {
    await start();

    const error = await fault(ask(REPOSITORY, 'other.gguf'));

    expect(error.kind).toBe('not-found');
    expect(error.message).toContain('other.gguf');
  });

  it('is not enough where it gives no checksum', async () => {
    await start({ gitHash: true });

    expect((await fault(ask())).kind).toBe('wrong-content');
  });

  it('is that there is no network where nobody answers', async () => {
    await start();
    await hub.close();

    const error = await fault(ask());

    expect(error.kind).toBe('no-network');
    expect(error.message).toMatch(/cannot be reached/);
  });
});

describe('a download', () => {
  it('reports its progress and leaves nothing but the verified file', async () => {
    await start();

    const reports = await fetchFile();

    expect(reports).toBeGreaterThan(3);
    expect((await result()).equals(CONTENT)).toBe(true);
    expect(await readdir(folder)).toEqual(['model.gguf']);
  });

  it('goes on where it was paused', async () => {
    await start();

    expect((await fault(fetchFile({}, 2_000_000))).kind).toBe('paused');
    await fetchFile();

    expect((await result()).equals(CONTENT)).toBe(true);
    expect(hub.ranges).toHaveLength(2);
    expect(hub.ranges[1]).toMatch(/^bytes=[1-9]\d*-$/);
  });

  it('takes a broken connection up again by itself', async () => {
    await start();
    hub.faults.push({ kind: 'cut', afterBytes: 1_000_000 }, { kind: 'cut', afterBytes: 1_000_000 });

    await fetchFile();

    expect((await result()).equals(CONTENT)).toBe(true);
    expect(hub.ranges).toHaveLength(3);
  });

  it('takes a silent connection for broken', async () => {
    await start();
    hub.faults.push({ kind: 'hang', afterBytes: 1_000_000 });

    await fetchFile({ silenceMs: 50 });

    expect((await result()).equals(CONTENT)).toBe(true);
  });

  it('begins again where the storage knows no ranges', async () => {
    await start({ noRanges: true });
    hub.faults.push({ kind: 'cut', afterBytes: 1_000_000 });

    await fetchFile();

    expect((await result()).equals(CONTENT)).toBe(true);
  });

  it('is deleted when its checksum is wrong', async () => {
    await start();
    hub.faults.push({ kind: 'wrong-bytes' });

    const error = await fault(fetchFile());

    expect(error.kind).toBe('wrong-content');
    expect(await readdir(folder)).toEqual([]);
  });

  it('is refused when more comes than was promised', async () => {
    await start();
    hub.faults.push({ kind: 'longer' });

    expect((await fault(fetchFile())).kind).toBe('wrong-content');
  });

  it('gives up after some tries without a byte', async () => {
    await start();
    for (let times = 0; times < 10; times += 1) hub.faults.push({ kind: 'status', status: 503 });

    const error = await fault(fetchFile());

    expect(error.kind).toBe('no-network');
    expect(hub.ranges).toHaveLength(4);
  });

  it('is not begun where the disk has no room for it', async () => {
    await start();

    const error = await fault(fetchFile({ freeBytes: () => Promise.resolve(503_000_000) }));

    expect(error.kind).toBe('disk-full');
    expect(error.message).toContain('0.5 GB free');
    expect(hub.ranges).toHaveLength(0);
  });

  it('is left to the window that has begun it', async () => {
    await start();
    hub.faults.push({ kind: 'slow', ms: 5 });
    const file = await ask();
    const options = { file, folder, name: 'model.gguf', signal: new AbortController().signal };
    const first = download(options);
    await first.next();

    const error = await fault(download(options).next());

    expect(error.kind).toBe('busy');
    await first.return(undefined);
  });
});
