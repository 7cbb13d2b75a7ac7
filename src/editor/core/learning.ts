import { subscribe } from 'callbag-recharge';
import type * as vscode from 'vscode';
import { escapeForVsCodeMarkdown } from '../../base/markdown-escape';
import { outranks } from '../../ledger/ledger-view';
import type { Evidence } from '../../routing/checks/check';
import { combineEvidence } from '../../routing/confidence/combine';
import {
  correctVerdict,
  inspectRecord,
  readOwnRecord,
  recordVerdict,
  type OwnRecord,
} from '../../routing/confidence/own-record';
import {
  fadeUnheard,
  learn,
  readLearned,
  relearn,
  type Answer,
  type Learned,
} from '../../routing/gain/learned';
import { inspectLearned } from '../../routing/gain/learned-words';
import { predictGain } from '../../routing/gain/predict';
import { standingAttempt, type Feedback, type Outcome } from '../../routing/outcome';
import type { Task, YardRequest } from '../../routing/request';
import type { PredictGain } from '../../routing/world';
import type { CombineEvidence } from '../../routing/yard-deps';
import type { Yard } from '../../routing/yard';

/** Requests whose answers may still get a verdict; older ones no longer teach anything. */
const REMEMBERED = 300;

interface Answered extends Answer {
  /** Of a local answer that was checked. */
  readonly confidence?: number;
  /** The verdict that was learned from; a later one takes its place. */
  readonly told?: Feedback;
}

export interface LearningParts {
  readonly memory: Pick<vscode.Memento, 'get' | 'update'>;
  /** What stand-in servers are told must never mix with what was learned of real models. */
  readonly demo: boolean;
  /** Follows a write that nobody waits for. */
  readonly inBackground: (what: string, work: Thenable<unknown>) => void;
}

/**
 * What this user's verdicts teach: a shift of the predicted gain, and how confidence went together with what they kept.
 * Counts only, kept on this machine; never code, prompts or instructions.
 */
export class Learning {
  readonly #features = new Map<string, Answer['features']>();
  readonly #answered = new Map<string, Answered>();
  #read: { readonly written: unknown; readonly learned: Learned } | undefined;
  readonly #keys: { readonly learned: string; readonly record: string };

  constructor(private readonly parts: LearningParts) {
    const place = parts.demo ? 'switchyard.demo' : 'switchyard';
    this.#keys = { learned: `${place}.learned`, record: `${place}.record` };
  }

  readonly predict: PredictGain = (features, task) => predictGain(features, task, this.#learned);

  readonly combine: CombineEvidence = (task: Task, evidence: readonly Evidence[]) =>
    combineEvidence(task, evidence, this.#record);

  /** Keeps what a verdict on this request would teach about, without its texts. */
  remember(request: YardRequest): void {
    const { languageId, promptTokens } = request.features;
    keep(this.#features, request.id, { languageId, promptTokens });
  }

  /** Follows outcomes and verdicts; the returned function ends that. */
  follow(yard: Pick<Yard, 'outcomes' | 'feedbacks'>): () => void {
    const outcomes = subscribe(yard.outcomes, (outcome) => {
      if (outcome !== undefined) this.#ended(outcome);
    });
    const feedbacks = subscribe(yard.feedbacks, (feedback) => {
      if (feedback !== undefined) this.#judged(feedback);
    });
    return () => {
      outcomes.unsubscribe();
      feedbacks.unsubscribe();
    };
  }

  /** What was learned, for the user to read. */
  inWords(): string {
    const lines = inspectLearned(this.#learned).map(
      ({ kind, answers, kept, effect }) =>
        `- **${escapeForVsCodeMarkdown(kind)}** (${answers} judged): ${kept}; ${effect}`,
    );
    const head = '# What Switchyard learned from your verdicts\n\n';
    if (lines.length === 0) return `${head}Nothing yet. ${TEACHES}\n`;
    const record = inspectRecord(this.#record).map((words) => `- ${words}`);
    const own =
      record.length === 0
        ? ''
        : `\n## How surely local answers were right\n\nOnce there are enough of them, you are told how likely an answer is right from these.\n\n${record.join('\n')}\n`;
    return `${head}${TEACHES} ${BOUNDS}\n\n${lines.join('\n')}\n${own}`;
  }

  async forget(): Promise<void> {
    await this.parts.memory.update(this.#keys.learned, undefined);
    await this.parts.memory.update(this.#keys.record, undefined);
  }

  #ended(outcome: Outcome): void {
    const features = this.#features.get(outcome.requestId);
    this.#features.delete(outcome.requestId);
    const standing = standingAttempt(outcome);
    // A stand-in's answers say nothing of the model that will take its place.
    if (features === undefined || standing === undefined || standing.model.standIn === true) return;
    const { task } = outcome;
    const { track, confidence } = standing;
    const ofLocal = track === 'local' && confidence !== undefined;
    const answered = { task, features, track, ...(ofLocal && { confidence }) };
    keep(this.#answered, outcome.requestId, answered);
    const faded = fadeUnheard(this.#learned, answered);
    if (faded !== this.#learned) this.#keepLearned(faded);
  }

  #judged(feedback: Feedback): void {
    const answered = this.#answered.get(feedback.requestId);
    if (answered === undefined || !outranks(feedback, answered.told)) return;
    const { task, confidence, told } = answered;
    const { verdict } = feedback;
    const lesson = { ...answered, verdict };
    this.#keepLearned(
      told === undefined ? learn(this.#learned, lesson) : relearn(this.#learned, lesson, told.verdict),
    );
    if (confidence !== undefined) {
      this.#keepRecord(
        told === undefined
          ? recordVerdict(this.#record, task, confidence, verdict)
          : correctVerdict(this.#record, task, confidence, verdict, told.verdict),
      );
    }
    this.#answered.set(feedback.requestId, { ...answered, told: feedback });
  }

  #keepLearned(learned: Learned): void {
    this.#keep(this.#keys.learned, learned);
  }

  #keepRecord(record: OwnRecord): void {
    this.#keep(this.#keys.record, record);
  }

  #keep(key: string, value: Learned | OwnRecord): void {
    this.parts.inBackground('Keeping what was learned', this.parts.memory.update(key, value));
  }

  /**
   * Looked up for each use, and so before each change: another window may have learned meanwhile. Every decision asks,
   * and checking a long history takes longer than deciding, so it is checked once as long as it is the same object.
   */
  get #learned(): Learned {
    const written = this.parts.memory.get(this.#keys.learned);
    if (this.#read === undefined || this.#read.written !== written) {
      this.#read = { written, learned: readLearned(written) };
    }
    return this.#read.learned;
  }

  get #record(): OwnRecord {
    return readOwnRecord(this.parts.memory.get(this.#keys.record));
  }
}

const TEACHES =
  'Accepting or rejecting an answer, editing it afterwards, copying an explanation and "Ask Claude Instead" teach it.';
const BOUNDS =
  'Where you keep fewer local answers than usual, more of their kind start in the cloud, and the other way round: by 25 points of expected gain at most, and old verdicts fade. These are counts on this machine, without code or prompts; *Switchyard: Forget What Was Learned…* deletes them.';

function keep<T>(map: Map<string, T>, key: string, value: T): void {
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > REMEMBERED && oldest !== undefined) map.delete(oldest);
}
