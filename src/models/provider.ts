import type { ModelRef } from './model';

/** What a provider knows of a model it can run. */
export interface ModelInfo {
  readonly ref: ModelRef;
  readonly displayName: string;
  /** Bytes on disk; absent for cloud models. */
  readonly sizeBytes?: number;
  readonly parameters?: string;
  readonly quantization?: string;
  readonly contextTokens?: number;
  readonly abilities: {
    readonly chat: boolean;
    readonly infill: boolean;
    readonly thinking: boolean;
  };
  /** Set where the provider is about to retire the model. */
  readonly retiresAt?: string;
}

/** The answer to "are you there?", in words a status bar can show. */
export type ProviderState =
  | { readonly kind: 'ready'; readonly version?: string }
  | { readonly kind: 'down'; readonly reason: string }
  | { readonly kind: 'unconfigured'; readonly reason: string };
