import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NotGguf, readGgufHeader } from '../../../../src/models/inside/weights/gguf-header';
import { findWeights } from '../../../../src/models/inside/weights/find-weights';
import { recommend } from '../../../../src/models/inside/hub/recommend';
import { tinyGguf } from '../../../inside/tiny-gguf';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'switchyard-weights-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const put = async (name: string, content: Buffer | string): Promise<string> => {
  const file = path.join(folder, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, content);
  return file;
};

describe('the head of a GGUF file', () => {
  it('tells what the weights are and can', async () => {
    const file = await put('tiny.gguf', tinyGguf({ contextTokens: 512 }));

    expect(await readGgufHeader(file)).toEqual({
      architecture: 'llama',
      name: 'Tiny random llama',
      contextTokens: 512,
      parameters: 76_224,
      infill: true,
      chatTemplate: true,
    });
  });

  it('tells that there are no tokens for filling in the middle', async () => {
    expect((await readGgufHeader(await put('a.gguf', tinyGguf({ fim: false })))).infill).toBe(false);
  });

  it.each([
    ['no GGUF file', Buffer.from('<html>not found</html>')],
    ['one cut off in its head', tinyGguf().subarray(0, 2000)],
    ['one with an impossible length', Buffer.concat([Buffer.from('GGUF\x03\0\0\0'), Buffer.alloc(64, 0xff)])],
    ['an empty file', Buffer.alloc(0)],
  ])('is refused in %s', async (_what, content) => {
    await expect(readGgufHeader(await put('x.gguf', content))).rejects.toThrow(NotGguf);
  });
});

describe('weights on this machine', () => {
  const digest = 'a'.repeat(64);
  const ollama = (): string => path.join(folder, 'ollama');
  const manifest = (name: string, layers: unknown): Promise<string> =>
    put(`ollama/manifests/registry.ollama.ai/${name}`, JSON.stringify({ schemaVersion: 2, layers }));
  const layer = { mediaType: 'application/vnd.ollama.image.model', digest: `sha256:${digest}` };
  const find = (chosen = ''): ReturnType<typeof findWeights> =>
    findWeights({ chosen, downloads: path.join(folder, 'downloads'), ollama: [ollama()] });

  it('are found where Ollama keeps them, under the names it uses', async () => {
    await put(`ollama/blobs/sha256-${digest}`, tinyGguf());
    await manifest('library/qwen2.5-coder/1.5b', [layer, { mediaType: 'text/plain', digest: 'sha256:00' }]);

    const { weights } = await find();

    expect(weights.map(({ id, from }) => [id, from])).toEqual([['qwen2.5-coder:1.5b (stand-in)', 'ollama']]);
  });

  it('are left out while their download is not complete, and where they are in several parts', async () => {
    await manifest('library/pulling/latest', [layer]);
    await put(`ollama/blobs/sha256-${'b'.repeat(64)}`, tinyGguf());
    const projector = { mediaType: 'application/vnd.ollama.image.projector', digest: layer.digest };
    await manifest('library/llava/7b', [{ ...layer, digest: `sha256:${'b'.repeat(64)}` }, projector]);
    await manifest('library/broken/latest', 'nonsense');

    expect((await find()).weights).toEqual([]);
  });

  it('are never looked for outside the folder of the blobs', async () => {
    await put('secret.gguf', tinyGguf());
    await manifest('library/evil/latest', [{ ...layer, digest: 'sha256:../../../secret.gguf' }]);

    expect((await find()).weights).toEqual([]);
  });

  it('are first the file the user named, then downloads', async () => {
    await put('downloads/b.gguf', tinyGguf());
    await put('downloads/half.gguf.0123.part', tinyGguf());
    const own = await put('own/a.gguf', tinyGguf());

    const { weights } = await find(own);

    expect(weights.map(({ id }) => id)).toEqual(['a (stand-in)', 'b (stand-in)']);
  });

  it('bring a complaint in words where the file the user named cannot be used', async () => {
    expect((await find(path.join(folder, 'gone.gguf'))).complaint).toMatch(/no such file/);
    expect((await find(await put('page.gguf', '<html>'))).complaint).toMatch(/GGUF/);
  });

  it('count as a stand-in when they are very small, and are called so', async () => {
    await put('downloads/tiny.gguf', tinyGguf());

    expect((await find()).weights[0]?.standIn).toBe(true);
  });
});

describe('the recommended model', () => {
  const GIB = 1024 ** 3;
  it.each([
    [4, 2, 'Qwen2.5-Coder 0.5B', /4 GB of memory, 2 cores/],
    [16, 2, 'Qwen2.5-Coder 0.5B', /wants 4 cores/],
    [6, 8, 'Qwen2.5-Coder 0.5B', /wants 7 GB/],
    [8, 4, 'Qwen2.5-Coder 1.5B', /enough for completions/],
    [64, 16, 'Qwen2.5-Coder 1.5B', /enough for completions/],
  ])('for %i GB and %i cores is %s', (gigabytes, cores, name, reason) => {
    const { entry, because } = recommend({ memoryBytes: gigabytes * GIB, cores });

    expect(entry.name).toBe(name);
    expect(because).toMatch(reason);
  });
});
