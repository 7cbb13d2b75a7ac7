import { CATALOGUE, type CatalogueEntry } from './catalogue';

/** What the machine has; looked at once. */
export interface Machine {
  /** Bytes. */
  readonly memoryBytes: number;
  readonly cores: number;
  /** Bytes of GPU memory that Ollama was seen to use; absent where nobody said. */
  readonly gpuBytes?: number;
}

export interface Recommendation {
  readonly entry: CatalogueEntry;
  /** The reason, as a sentence. */
  readonly because: string;
}

/** The 7B model explains, but cannot keep up with typing on a CPU; the default has to do both. */
const LARGEST_DEFAULT = 'qwen2.5-coder-1.5b-instruct-q4_k_m';

/** The one model to begin with: the largest up to the default's size that memory and cores carry. */
export function recommend(machine: Machine): Recommendation {
  const upTo = CATALOGUE.findIndex(({ id }) => id === LARGEST_DEFAULT);
  const sensible = CATALOGUE.slice(0, upTo + 1);
  const entry = sensible.findLast((candidate) => carries(machine, candidate)) ?? CATALOGUE[0];
  return { entry, because: reason(machine, entry) };
}

export const carries = ({ memoryBytes, cores }: Machine, entry: CatalogueEntry): boolean =>
  memoryBytes / GIB >= entry.memoryGiB && cores >= entry.cores;

function reason(machine: Machine, entry: CatalogueEntry): string {
  const has = `This machine has ${machineWords(machine)}`;
  const larger = CATALOGUE.find(({ id }) => id === LARGEST_DEFAULT);
  if (larger === undefined || entry === larger) return `${has}, enough for ${entry.goodFor}.`;
  const lack =
    machine.memoryBytes / GIB < larger.memoryGiB
      ? `${larger.name} wants ${String(larger.memoryGiB)} GB of memory`
      : `${larger.name} wants ${String(larger.cores)} cores`;
  return `${has}; ${lack}, so the smaller ${entry.name} is recommended.`;
}

export function machineWords({ memoryBytes, cores, gpuBytes }: Machine): string {
  const gpu = gpuBytes === undefined || gpuBytes === 0 ? '' : ' and a GPU that Ollama uses';
  return `${String(Math.round(memoryBytes / GIB))} GB of memory, ${String(cores)} ${cores === 1 ? 'core' : 'cores'}${gpu}`;
}

const GIB = 1024 ** 3;
