import { readdir, readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import * as z from 'zod';

/** A model that Ollama keeps on the disk. */
export interface OllamaStored {
  /** As Ollama calls it: `qwen2.5-coder:1.5b`. */
  readonly id: string;
  /** The file with the weights; only ever read. */
  readonly file: string;
}

const MODEL_LAYER = 'application/vnd.ollama.image.model';
/** Weights in several files, or with parts of their own, that llama.cpp's loader takes no single file for. */
const MORE_PARTS = /^application\/vnd\.ollama\.image\.(adapter|projector)$/;

const Manifest = z.object({
  layers: z.array(z.object({ mediaType: z.string(), digest: z.string() })),
});

/** Where Ollama keeps its models when nobody says otherwise; on Linux its service has a folder of its own. */
export function ollamaFolders(env: NodeJS.ProcessEnv = process.env, home = homedir()): readonly string[] {
  const set = env['OLLAMA_MODELS']?.trim();
  if (set) return [set];
  const own = path.join(home, '.ollama', 'models');
  return process.platform === 'linux' ? [own, '/usr/share/ollama/.ollama/models'] : [own];
}

/**
 * The models in Ollama's folder, read from its manifests: `manifests/<registry>/<owner>/<name>/<tag>` names the blobs,
 * `blobs/sha256-<digest>`. Nothing is written. A folder that is not there, or may not be read, holds none.
 */
export async function ollamaStored(folder: string): Promise<readonly OllamaStored[]> {
  const manifests = path.join(folder, 'manifests');
  const found: OllamaStored[] = [];
  for (const file of await filesBelow(manifests, 4)) {
    const id = modelName(path.relative(manifests, file).split(path.sep));
    const blob = id === undefined ? undefined : await weightsOf(file, folder);
    if (id !== undefined && blob !== undefined) found.push({ id, file: blob });
  }
  return found.sort((a, b) => a.id.localeCompare(b.id));
}

/** The default registry and owner are left out of a name, as Ollama leaves them out. */
function modelName([registry, owner, name, tag]: readonly string[]): string | undefined {
  if (registry === undefined || owner === undefined || name === undefined || tag === undefined)
    return undefined;
  const own =
    registry === 'registry.ollama.ai' ? (owner === 'library' ? '' : `${owner}/`) : `${registry}/${owner}/`;
  return `${own}${name}:${tag}`;
}

async function weightsOf(manifest: string, folder: string): Promise<string | undefined> {
  try {
    const { layers } = Manifest.parse(JSON.parse(await readFile(manifest, 'utf8')));
    if (layers.some(({ mediaType }) => MORE_PARTS.test(mediaType))) return undefined;
    const weights = layers.filter(({ mediaType }) => mediaType === MODEL_LAYER);
    const digest = /^sha256:([0-9a-f]{64})$/.exec(weights[0]?.digest ?? '')?.[1];
    if (digest === undefined || weights.length !== 1) return undefined;
    const file = path.join(folder, 'blobs', `sha256-${digest}`);
    return (await stat(file)).isFile() ? file : undefined;
  } catch {
    // A manifest being written, or one whose download is not complete.
    return undefined;
  }
}

/** Files exactly `depth` folders deep. */
async function filesBelow(folder: string, depth: number): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  if (depth === 1)
    return entries.filter((entry) => entry.isFile()).map(({ name }) => path.join(folder, name));
  const below = entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => filesBelow(path.join(folder, name), depth - 1));
  return (await Promise.all(below)).flat();
}
