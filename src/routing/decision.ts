import type { ModelRef } from '../models/model';
import type { Track } from './request';

/** One reason, as a stable code for counting and as words for the user. Holds no code and no prompt text. */
export interface Reason {
  readonly code: string;
  readonly text: string;
}

export type ComplexityLevel = 'simple' | 'moderate' | 'complex';

export interface Complexity {
  readonly level: ComplexityLevel;
  /** What the estimate rested on. */
  readonly because: readonly Reason[];
}

/** Before sending. Absent figures are unknown, never zero. */
export interface Estimate {
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Output tokens before they were corrected by history: corrections are made from these. Absent in books of before. */
  readonly usualOutputTokens?: number;
  readonly usd?: number;
  readonly ms?: number;
}

/** The rule that stops a request before any model is called. */
export type RefusalRule =
  | 'offline'
  | 'organisation-policy'
  | 'restricted-mode'
  | 'privacy'
  | 'declined-at-preview'
  | 'budget-cap'
  | 'no-track'; // nothing that could answer is set up or up

interface Common {
  readonly complexity: Complexity;
  readonly reasons: readonly Reason[];
}

export interface RunDecision extends Common {
  readonly kind: 'run';
  readonly track: Track;
  /** Absent on the instant track. */
  readonly model?: ModelRef;
  /** Where a failed or doubtful local answer goes; absent where policy allows no rescue. */
  readonly rescue?: ModelRef;
  /** Confidence under which a local answer escalates, 0 to 1. */
  readonly threshold: number;
  readonly estimate: Estimate;
  /** What would have been chosen with nothing in the way (no override, all tracks up, keys set), if different. */
  readonly otherwise?: { readonly track: Track; readonly model?: ModelRef; readonly because: string };
  /** The local start this request would have had if the user allowed edits like it on this machine. */
  readonly localIfAllowed?: { readonly model: ModelRef; readonly estimate: Estimate };
  /** The cloud model this request would have gone to with no local track: what saving is measured against. */
  readonly baseline?: ModelRef;
  /** Set where local was not a choice but what was left: no key, offline, policy, cap. Such answers save nothing. */
  readonly forced?: 'no-key' | 'offline' | 'policy' | 'cap' | 'cloud-down';
}

export interface RefuseDecision extends Common {
  readonly kind: 'refuse';
  readonly rule: RefusalRule;
}

/** The track and model chosen, with every reason. Pure data, made synchronously. */
export type Decision = RunDecision | RefuseDecision;
