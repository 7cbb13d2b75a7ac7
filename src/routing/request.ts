import type { CallOptions, InfillPrompt, Prompt } from '../models/model';
import type { CloudText } from '../privacy/cloud-text';
import type { BlockRule, PrivacyReport } from '../privacy/report';
import type { Check } from './checks/check';

/** What the user wants. */
export type Task = 'complete' | 'explain' | 'refactor' | 'ask';

/** Where it runs. `instant` needs no model: it is what the workspace itself predicts. */
export type Track = 'instant' | 'local' | 'cloud';

/** What the decision looks at: measured by the task, cheap, free of code and prompt text except `instruction`. */
export interface RequestFeatures {
  readonly languageId: string;
  /** What the user asked in words; empty for completions. Never written down. */
  readonly instruction: string;
  /**
   * The user's words and the code they are about, for the predictor only. Not the prompt: what every prompt of ours has
   * around them is like nothing the predictor was trained on, and would drown them. Never written down.
   */
  readonly subjectText: string;
  /** Estimated tokens of the whole prompt, as a local model would get it. */
  readonly promptTokens: number;
  /** Estimated tokens of what a cloud would get, which may be many times more; absent where it is the same. */
  readonly cloudPromptTokens?: number;
  /** Lines of code the request is about (the selection, the file, all files). */
  readonly codeLines: number;
  /** Files the prompt draws on. */
  readonly files: number;
  /** Names used in the code but defined outside it: how far the request reaches. */
  readonly outsideNames: number;
}

export type CloudPrompt =
  | { readonly ok: true; readonly prompt: Prompt<CloudText>; readonly report: PrivacyReport }
  | { readonly ok: false; readonly rule: BlockRule; readonly report: PrivacyReport };

/** Prompts are made late: only the one that is sent, and again for a cloud that takes over. */
export interface PromptSource {
  /** What a local model gets. `infill` for completions. */
  local():
    | { readonly kind: 'chat'; readonly prompt: Prompt<string> }
    | ({ readonly kind: 'infill' } & { readonly prompt: InfillPrompt });
  /** Passes the privacy gate, and the preview where the user wants one; may therefore wait for the user. */
  cloud(): Promise<CloudPrompt>;
}

export interface YardRequest {
  readonly id: string;
  readonly task: Task;
  readonly features: RequestFeatures;
  readonly prompts: PromptSource;
  readonly options: { readonly local: CallOptions; readonly cloud: CallOptions };
  /** "Next request: local / cloud" or "ask Claude instead": wins over everything but privacy and offline. */
  readonly override?: 'local' | 'cloud';
  /** Set where this request repeats an earlier one on the cloud ("ask Claude instead"): that one then saves nothing. */
  readonly redoOf?: string;
  /** Set for an answer the instant track already has; the request is then answered at once and only written down. */
  readonly instant?: { readonly text: string; readonly confidence: number };
  /** Checks that need the request's surroundings (parser, editor diagnostics), beside those the task always has. */
  readonly checks?: readonly Check[];
}
