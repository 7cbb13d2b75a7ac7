import { availableParallelism, totalmem } from 'node:os';
import type { Machine } from '../../models/inside/hub/recommend';

let seen: Machine | undefined;

/** This machine's memory and cores; looked at once. */
export function machine(): Machine {
  seen ??= { memoryBytes: totalmem(), cores: availableParallelism() };
  return seen;
}

/** Ollama tells of a GPU once a model is loaded. Bytes of its memory in use. */
export function sawGpu(gpuBytes: number): void {
  if (gpuBytes > (machine().gpuBytes ?? 0)) seen = { ...machine(), gpuBytes };
}
