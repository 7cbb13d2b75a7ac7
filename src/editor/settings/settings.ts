import type { Policy } from '../../routing/policy';

/** Everything users can set, read once per change. Names and defaults are those of `package.json`. */
export interface Settings {
  readonly policy: Omit<Policy, 'trusted' | 'models'>;
  /** The user's own GGUF file for the engine inside; empty: none. */
  readonly insideModel: string;
  /** Empty means "choose for me". */
  readonly models: Readonly<Record<'complete' | 'explain' | 'refactor' | 'ask' | 'small', string>>;
  readonly endpoints: {
    readonly ollama: string;
    readonly claude: string;
    readonly openai?: {
      readonly url: string;
      readonly place: 'auto' | 'local' | 'cloud';
      readonly model: string;
    };
  };
  readonly completions: {
    readonly enabled: boolean;
    readonly instant: boolean;
    readonly languages: Readonly<Record<string, boolean>>;
    readonly exclude: readonly string[];
  };
  readonly budget: { readonly dayUsd?: number; readonly monthUsd?: number; readonly warnAt: number };
  readonly privacy: { readonly exclude: readonly string[]; readonly alwaysPreview: boolean };
  /** As written by the user; `models/prices` checks it. */
  readonly prices: unknown;
  readonly countCompletionSavings: boolean;
  readonly demo: boolean;
}
