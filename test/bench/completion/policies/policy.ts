import type { SimModel } from '../sim/model';
import type { VirtualClock } from '../sim/virtual-clock';
import type { Trace } from '../traces/trace';

/** One change of the document, offsets as before it. */
export interface Edit {
  readonly offset: number;
  readonly deleted: number;
  readonly inserted: string;
}

/** What a policy can see and use. */
export interface Bench {
  readonly trace: Trace;
  readonly clock: VirtualClock;
  readonly model: SimModel;
  /** The document and caret as they are now. */
  readonly document: () => string;
  readonly caret: () => number;
  /** Makes VS Code ask again at once, for text that came after its last question. */
  readonly askAgain: () => void;
  /** Tells that `text` comes from the instant track, so that its precision can be measured. */
  readonly noteInstant: (text: string) => void;
}

/** A way of completing: how one extension decides what to ask, when, and what to show. */
export interface Policy {
  /** VS Code told of a change; comes at the keystroke, before VS Code asks. */
  edited?(edit: Edit): void;
  caretMoved?(): void;
  /** VS Code asks for ghost text. What resolves after the document moved on is dropped. */
  provide(): Promise<string | undefined> | string | undefined;
  dispose?(): void;
}

export type PolicyFactory = (bench: Bench) => Policy;
