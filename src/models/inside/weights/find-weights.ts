import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { readGgufHeader, type GgufHeader } from './gguf-header';
import { ollamaFolders, ollamaStored } from './ollama-store';

/** A file of weights the engine inside can load. */
export interface Weights {
  /** Names the model to users and in the books: Ollama's name, or the file's without its folder. */
  readonly id: string;
  /** Absolute path. */
  readonly file: string;
  readonly sizeBytes: number;
  readonly from: 'settings' | 'download' | 'ollama';
  readonly header: GgufHeader;
  /** So small that their answers only show how things look. */
  readonly standIn: boolean;
}

export interface WeightsPlaces {
  /** The user's own file; empty: none. */
  readonly chosen: string;
  /** Where downloads go. */
  readonly downloads: string;
  /** Where Ollama keeps its models; by default, where Ollama itself does. */
  readonly ollama?: readonly string[];
}

export interface FoundWeights {
  readonly weights: readonly Weights[];
  /** Why the user's own file cannot be used, in a sentence. */
  readonly complaint?: string;
}

/** The smallest models that are of some use for code have half a billion parameters. */
const STAND_IN_PARAMETERS = 300_000_000;

/** Heads by file, size and time: a list of twenty models reads 100 MB otherwise, each time. */
const known = new Map<string, Promise<GgufHeader>>();

/** Looks in all places; the first to bring an id or a file keeps it. What cannot be read is left out. */
export async function findWeights(places: WeightsPlaces): Promise<FoundWeights> {
  const stored = await Promise.all((places.ollama ?? ollamaFolders()).map(ollamaStored));
  const candidates: Pick<Weights, 'id' | 'file' | 'from'>[] = [
    ...(await downloaded(places.downloads)).map((file) => ({
      id: idOf(file),
      file,
      from: 'download' as const,
    })),
    ...stored.flat().map(({ id, file }) => ({ id, file, from: 'ollama' as const })),
  ];
  const weights: Weights[] = [];
  let complaint: string | undefined;
  if (places.chosen !== '') {
    try {
      weights.push(await look({ id: idOf(places.chosen), file: places.chosen, from: 'settings' }));
    } catch (error) {
      complaint = `The file in the setting switchyard.inside.model cannot be used: ${whyNot(error)}`;
    }
  }
  for (const candidate of candidates) {
    const found = await look(candidate).catch(() => undefined);
    if (weights.some(({ id, file }) => id === found?.id || file === found?.file)) continue;
    // An embedding model chats no more than it completes.
    if (found !== undefined && (found.header.infill || found.header.chatTemplate)) weights.push(found);
  }
  return { weights, ...(complaint === undefined ? {} : { complaint }) };
}

async function look(candidate: Pick<Weights, 'id' | 'file' | 'from'>): Promise<Weights> {
  const { size, mtimeMs } = await stat(candidate.file);
  const key = `${candidate.file}\n${String(size)}\n${String(mtimeMs)}`;
  const reading = known.get(key) ?? readGgufHeader(candidate.file);
  known.set(key, reading);
  const header = await reading;
  const standIn = header.parameters < STAND_IN_PARAMETERS;
  // In the id, because that is what the books, the reasons and the dashboard show.
  const id = standIn ? `${candidate.id} (stand-in)` : candidate.id;
  return { ...candidate, id, sizeBytes: size, header, standIn };
}

async function downloaded(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => name.endsWith('.gguf')).map((name) => path.join(folder, name));
}

const idOf = (file: string): string => path.basename(file).replace(/\.gguf$/i, '');

function whyNot(error: unknown): string {
  if (error instanceof Error && 'code' in error) {
    return error.code === 'ENOENT' ? 'there is no such file.' : `it cannot be read (${String(error.code)}).`;
  }
  return error instanceof Error ? error.message : 'it cannot be read.';
}
