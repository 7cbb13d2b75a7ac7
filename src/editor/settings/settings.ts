import type { PriceOverrides } from '../../models/prices';
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
  /** The user's own prices, over the table's. */
  readonly prices: PriceOverrides;
  /** Names of settings, and of models in the prices, whose value is of the wrong kind: they count as not set. */
  readonly misread: readonly string[];
  readonly countCompletionSavings: boolean;
  /** As it was at the start: books and keys of the demo and the real ones must never mix. */
  readonly demo: boolean;
  /** As the setting reads now; holds from the next start on. */
  readonly demoIsSet: boolean;
}
