import type { CloudModel, LocalModel, ModelRef } from '../models/model';
import type { Task } from './request';

/** What the user, the workspace's trust and the organisation allow: settings as routing sees them. */
export interface Policy {
  /** The offline switch: no byte to any cloud while it is on. */
  readonly offline: boolean;
  /** An organisation's machine-scoped setting. */
  readonly cloudForbidden: boolean;
  /** False in Restricted Mode: no cloud. */
  readonly trusted: boolean;
  /** `auto` lets the table and the evidence decide. */
  readonly tracks: Readonly<Record<Task, 'auto' | 'local' | 'cloud'>>;
  /** Moves all thresholds: how much quality may be risked for money. */
  readonly target: 'thrifty' | 'balanced' | 'best';
  /** The user's own thresholds per task, 0 to 1; they win over those that follow from `target`. */
  readonly thresholds: Readonly<Partial<Record<Task, number>>>;
  readonly completionsMayUseCloud: boolean;
  /** Simple ones, and those of which a small gain of the cloud is predicted. */
  readonly simpleRefactorsMayRunLocally: boolean;
  /** What the budget's cap does to cloud tasks once the user has been asked. */
  readonly atCap: 'local' | 'stop';
  readonly models: {
    readonly complete?: ModelRef;
    readonly explain?: ModelRef;
    /** Those of the next local engine, for a request whose engine goes away under it; absent where there is no other. */
    readonly standby?: { readonly complete?: ModelRef; readonly explain?: ModelRef };
    /** Cloud models per use; absent where no cloud provider is set up. */
    readonly cloudRefactor?: ModelRef;
    readonly cloudAsk?: ModelRef;
    /** The small cloud model: escalated explanations, and the baseline of completions. */
    readonly cloudSmall?: ModelRef;
  };
}

/** Finds the model behind a name; undefined where its provider is not set up. */
export interface ModelDirectory {
  local(ref: ModelRef): LocalModel | undefined;
  cloud(ref: ModelRef): CloudModel | undefined;
}
