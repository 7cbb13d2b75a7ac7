import { systemClock, type Clock } from '../../base/clock';
import { ModelError } from '../failure';
import { fimTemplateFor } from '../fim-templates';
import type { LocalModel, ModelRef } from '../model';
import type { ModelInfo, ProviderState } from '../provider';
import { TokenRatio } from '../tokens';
import { forkEngine, type StartChild } from './engine-child';
import { EngineProcess } from './engine-process';
import { insideModel } from './model';
import type { FoundWeights, Weights } from './weights/find-weights';
import { quantizationName } from './weights/quantization';

/** Holds an explanation of some 500 lines, as with Ollama. */
const CONTEXT_TOKENS = 8192;
/** One model completes, another explains; a third would only be left from before a change of mind. */
const PROCESSES = 2;

export interface InsideSettings {
  /** The engine's program, `js/main.mjs`; undefined where this package comes without one. */
  readonly program: string | undefined;
  readonly find: () => Promise<FoundWeights>;
  /** For tests. */
  readonly start?: StartChild;
}

/** An engine that needs no installation: llama.cpp in processes of its own, one for each model in use. */
export class InsideProvider {
  readonly #engines = new Map<string, EngineProcess>();
  readonly #ratios = new Map<string, TokenRatio>();
  #found: FoundWeights = { weights: [] };

  constructor(
    private readonly settings: InsideSettings,
    private readonly clock: Clock = systemClock,
  ) {}

  /** True where this package has an engine at all; one without offers what is left. */
  get isShipped(): boolean {
    return this.settings.program !== undefined || this.settings.start !== undefined;
  }

  /** Is there an engine, and are there weights for it? Never throws. */
  async probe(): Promise<ProviderState> {
    if (!this.isShipped) {
      return {
        kind: 'unconfigured',
        reason: 'This package of Switchyard comes without an engine for this platform.',
      };
    }
    this.#found = await this.settings.find();
    const down = [...this.#engines.values()]
      .map((engine) => engine.down)
      .find((reason) => reason !== undefined);
    if (down !== undefined) return { kind: 'down', reason: down };
    if (this.#found.complaint !== undefined) return { kind: 'unconfigured', reason: this.#found.complaint };
    if (this.#found.weights.length > 0) return { kind: 'ready' };
    return { kind: 'unconfigured', reason: 'The engine inside has no model yet.' };
  }

  /** The weights found on this machine. */
  async list(): Promise<readonly ModelInfo[]> {
    this.#found = await this.settings.find();
    return this.#found.weights.map(infoOf);
  }

  /** Undefined for weights that were not found. */
  local(id: string): LocalModel | undefined {
    const weights = this.#weights(id);
    if (weights === undefined || !this.isShipped) return undefined;
    let ratio = this.#ratios.get(weights.file);
    if (ratio === undefined) this.#ratios.set(weights.file, (ratio = new TokenRatio('inside')));
    const info = infoOf(weights);
    return insideModel({
      ref: { ...info.ref, place: 'local' },
      contextTokens: contextOf(weights),
      canInfill: info.abilities.infill,
      engine: () => this.#engine(weights),
      ratio,
      clock: this.clock,
    });
  }

  /** Loads a model ahead of its first request. Throws `ModelError`. */
  async warm(id: string, signal: AbortSignal = new AbortController().signal): Promise<void> {
    const weights = this.#weights(id);
    if (weights === undefined) throw new ModelError('model-missing', `There are no weights named ${id}.`);
    await this.#engine(weights).warm(signal);
  }

  /** Ends all its processes. */
  dispose(): void {
    for (const engine of this.#engines.values()) engine.stop();
    this.#engines.clear();
  }

  #weights(id: string): Weights | undefined {
    return this.#found.weights.find((weights) => weights.id === id || weights.id === `${id}:latest`);
  }

  #engine(weights: Weights): EngineProcess {
    const known = this.#engines.get(weights.file);
    if (known !== undefined) return known;
    this.#makeRoom();
    const engine = new EngineProcess({
      start: this.settings.start ?? forkEngine(this.settings.program ?? ''),
      load: { file: weights.file, contextTokens: contextOf(weights), continues: weights.standIn },
      clock: this.clock,
    });
    this.#engines.set(weights.file, engine);
    return engine;
  }

  /** Ends the process that nobody has asked for longest. */
  #makeRoom(): void {
    const idle = [...this.#engines].filter(([, engine]) => !engine.isBusy);
    const oldest = idle.sort(([, a], [, b]) => a.lastUsed - b.lastUsed)[0];
    if (this.#engines.size < PROCESSES || oldest === undefined) return;
    const [file, engine] = oldest;
    engine.stop();
    this.#engines.delete(file);
  }
}

const contextOf = ({ header }: Weights): number =>
  Math.min(CONTEXT_TOKENS, header.contextTokens ?? CONTEXT_TOKENS);

function infoOf(weights: Weights): ModelInfo {
  const { id, header, sizeBytes, standIn } = weights;
  const ref: ModelRef = { provider: 'inside', id, place: 'local', ...(standIn ? { standIn: true } : {}) };
  const quantization = quantizationName(header.fileType);
  return {
    ref,
    displayName: id,
    sizeBytes,
    parameters: parametersWords(header.parameters),
    ...(quantization === undefined ? {} : { quantization }),
    contextTokens: contextOf(weights),
    abilities: {
      chat: header.chatTemplate,
      // A stand-in without the tokens continues the text before the caret: enough to show what ghost text is.
      infill: header.infill || fimTemplateFor(id) !== undefined || standIn,
      thinking: false,
    },
  };
}

const parametersWords = (parameters: number): string =>
  parameters >= 1e9 ? `${(parameters / 1e9).toFixed(1)}B` : `${String(Math.round(parameters / 1e6))}M`;
