import { state, type Store } from 'callbag-recharge';
import type { FailureKind } from '../../models/failure';
import { tellingAttempt, type Outcome } from '../../routing/outcome';
import type { Notice, Notifier } from '../notify';
import { noticeOf } from '../words';

/** Failures that no waiting heals: without a word, ghost text would just stay away. */
const STAYING: ReadonlySet<FailureKind> = new Set([
  'model-missing',
  'no-infill',
  'out-of-memory',
  'forbidden',
  'bad-key',
  'no-credit',
  'spend-limit',
]);

/** Says once for each model and kind why completions fail, and takes it back with the first that comes again. */
export class CompletionTroubles {
  readonly #current = state<string | undefined>(undefined, { name: 'completions-trouble' });
  readonly #told = new Set<string>();

  constructor(private readonly notifier: Pick<Notifier, 'show' | 'resolved'>) {}

  /** In a sentence; undefined while completions work. */
  get current(): Store<string | undefined> {
    return this.#current;
  }

  enter(outcome: Outcome): void {
    const { task, result } = outcome;
    if (task !== 'complete') return;
    if (result.kind === 'answered' && result.track !== 'instant') this.clear();
    const notice = noticeFor(outcome);
    if (notice === undefined) return;
    this.#current.set(notice.message);
    if (this.#told.has(notice.cause)) return;
    this.#told.add(notice.cause);
    this.notifier.show({ ...notice, message: `Completions: ${notice.message}` });
  }

  /** They work again, or another model is to be tried: the next trouble is news. */
  clear(): void {
    for (const cause of this.#told) this.notifier.resolved(cause);
    this.#told.clear();
    this.#current.set(undefined);
  }
}

function noticeFor(outcome: Outcome): Notice | undefined {
  const { result } = outcome;
  const words = noticeOf(outcome);
  if (result.kind !== 'failed' || !STAYING.has(result.failure) || words === undefined) return undefined;
  const model = tellingAttempt(outcome)?.model;
  const { text, action, severity } = words;
  return {
    cause: `completions/${model?.provider ?? ''}/${model?.id ?? ''}/${result.failure}`,
    severity,
    message: text,
    actions:
      action === undefined
        ? []
        : [{ title: action.title, command: 'switchyard.nextStep', arguments: [action.id] }],
  };
}
