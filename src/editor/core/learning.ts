import { subscribe } from 'callbag-recharge';
import type * as vscode from 'vscode';
import { escapeForVsCodeMarkdown } from '../../base/markdown-escape';
import type { Evidence } from '../../routing/checks/check';
import { combineEvidence } from '../../routing/confidence/combine';
import {
  inspectRecord,
  readOwnRecord,
  recordVerdict,
  type OwnRecord,
} from '../../routing/confidence/own-record';
import { inspectLearned, learn, readLearned, type Learned, type Lesson } from '../../routing/gain/learned';
import { predictGain } from '../../routing/gain/predict';
import type { Outcome } from '../../routing/outcome';
import type { Task, YardRequest } from '../../routing/request';
import type { PredictGain } from '../../routing/world';
import type { CombineEvidence } from '../../routing/yard-deps';
import type { Yard } from '../../routing/yard';
import { inBackground } from '../failures';
import { askModal } from '../window/message';

const LEARNED = 'switchyard.learned';
const RECORD = 'switchyard.record';

/** Requests whose answers may still get a verdict; older ones no longer teach anything. */
const REMEMBERED = 300;

interface Answered {
  readonly outcome: Outcome;
  readonly features: Lesson['features'];
}

/**
 * What this user's verdicts teach: a shift of the predicted gain, and how confidence went together with what they kept.
 * Counts only, kept on this machine; never code, prompts or instructions.
 */
export class Learning {
  readonly #features = new Map<string, Lesson['features']>();
  readonly #answered = new Map<string, Answered>();

  constructor(private readonly memory: vscode.Memento) {}

  readonly predict: PredictGain = (features, task) => predictGain(features, task, this.#learned);

  readonly combine: CombineEvidence = (task: Task, evidence: readonly Evidence[]) =>
    combineEvidence(task, evidence, this.#record);

  /** Keeps what a verdict on this request would teach about, without its texts. */
  remember(request: YardRequest): void {
    const { languageId, promptTokens } = request.features;
    keep(this.#features, request.id, { languageId, promptTokens });
  }

  /** Follows outcomes and verdicts; the returned function ends that. */
  follow(yard: Yard): () => void {
    const outcomes = subscribe(yard.outcomes, (outcome) => {
      const features = outcome === undefined ? undefined : this.#features.get(outcome.requestId);
      if (outcome === undefined || features === undefined) return;
      this.#features.delete(outcome.requestId);
      if (outcome.result.kind === 'answered') keep(this.#answered, outcome.requestId, { outcome, features });
    });
    const feedbacks = subscribe(yard.feedbacks, (feedback) => {
      const answered = feedback === undefined ? undefined : this.#answered.get(feedback.requestId);
      if (feedback === undefined || answered === undefined) return;
      const { outcome, features } = answered;
      const { task, result } = outcome;
      if (result.kind !== 'answered' || result.track === 'instant') return;
      const { track } = result;
      const { verdict } = feedback;
      this.#keep(LEARNED, learn(this.#learned, { task, features, track, verdict }));
      const confidence = outcome.attempts.findLast((attempt) => attempt.track === 'local')?.confidence;
      if (track === 'local' && confidence !== undefined) {
        this.#keep(RECORD, recordVerdict(this.#record, task, confidence, verdict));
      }
    });
    return () => {
      outcomes.unsubscribe();
      feedbacks.unsubscribe();
    };
  }

  /** What was learned, for the user to read. */
  inWords(): string {
    const lines = inspectLearned(this.#learned).map(
      ({ bucket, words }) => `- ${escapeForVsCodeMarkdown(bucket)}: ${words}`,
    );
    const record = inspectRecord(this.#record).map((words) => `- ${words}`);
    const head = '# What Switchyard learned from your verdicts\n\n';
    const own =
      record.length === 0
        ? ''
        : `\n## How surely local answers were right\n\nOnce there are enough of them, confidence is told from these.\n\n${record.join('\n')}\n`;
    if (lines.length === 0)
      return `${head}Nothing yet. Accepting, rejecting and "Ask Claude Instead" teach it.\n`;
    return `${head}It may move the predicted gain of the cloud by a quarter at most, and old verdicts fade.\n\n${lines.join('\n')}\n${own}`;
  }

  async forget(): Promise<void> {
    await this.memory.update(LEARNED, undefined);
    await this.memory.update(RECORD, undefined);
  }

  #keep(key: string, value: Learned | OwnRecord): void {
    inBackground('Keeping what was learned', this.memory.update(key, value));
  }

  // Read anew for each use, and so before each change: another window may have learned meanwhile.
  get #learned(): Learned {
    return readLearned(this.memory.get(LEARNED));
  }

  get #record(): OwnRecord {
    return readOwnRecord(this.memory.get(RECORD));
  }
}

function keep<T>(map: Map<string, T>, key: string, value: T): void {
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > REMEMBERED && oldest !== undefined) map.delete(oldest);
}

/** Asks first: what was learned cannot be got back. */
export async function forgetLearned(learning: Learning): Promise<void> {
  const chosen = await askModal(
    'warning',
    'Forget what was learned from your verdicts? The predictor then starts again from its published measurements.',
    [],
    'Forget',
  );
  if (chosen === 'Forget') await learning.forget();
}
