import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';
import { SAMPLE_WORKSPACE } from '../host/places';

/** A copy of the sample workspace with files by somebody else in it. To be called inside of `describe`. */
export function preparedWorkspace(files: Readonly<Record<string, string>>): () => Promise<string> {
  let folder: string | undefined;
  afterAll(async () => {
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  });
  return async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'switchyard-prepared-'));
    await cp(SAMPLE_WORKSPACE, folder, { recursive: true });
    for (const [name, text] of Object.entries(files)) {
      await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
      await writeFile(path.join(folder, name), text);
    }
    return folder;
  };
}
