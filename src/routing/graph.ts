import { derived, Inspector, pipe, state, subscribe, type Store } from 'callbag-recharge';
import { filter, merge, switchMap } from 'callbag-recharge/extra';
import { route } from 'callbag-recharge/extra';
import { concurrently } from './concurrently';
import type { Outcome } from './outcome';
import { requestStore, settledStore, singleStageStore } from './request-store';
import type { Trouble } from './rescue-rules';
import type { Run } from './run';
import {
  escalate,
  fallBackFromLocal,
  fallBackToLocal,
  runCloud,
  runLocal,
  settleAtOnce,
  type Step,
} from './run-request';
import type { YardContext } from './yard-context';

export interface Graph {
  /** One value for each request that has ended. */
  readonly ended: Store<Step | undefined>;
  readonly outcomes: Store<Outcome | undefined>;
  stop(): void;
}

/**
 * The yard as a reactive graph: decided requests are split by track, each runs in an inner store of its own, answers
 * are split into confident and doubtful, and all ways meet again in the outcomes. Only completions are newest-wins.
 */
export function createGraph(requests: Store<Run | undefined>, context: YardContext): Graph {
  const [atOnce, called] = route(requests, endsAtOnce, { name: 'ends at once' });
  const [toCloud, toLocal] = route(called, goesToCloud, { name: 'goes to the cloud' });

  const superseded = state<Step | undefined>(undefined, { name: 'superseded' });
  // Dropped by the newest-wins lane: finished as soon as its server has let go of it.
  const onDropped = (step: Step): void =>
    superseded.set(
      step.kind === 'settled'
        ? step
        : { ...step, kind: 'settled', outcome: step.run.finish({ kind: 'cancelled' }) },
    );

  const local = lane('local', toLocal, (run) =>
    requestStore(
      run,
      {
        first: () => runLocal(run, context),
        rescue: ({ trouble }) => rescueRun(run, trouble, context),
      },
      onDropped,
    ),
  );
  const cloud = lane('cloud', toCloud, (run) =>
    requestStore(
      run,
      {
        first: () => runCloud(run, context),
        rescue: ({ trouble }) => rescueRun(run, trouble, context),
      },
      onDropped,
    ),
  );
  const [confident, doubtful] = route(local, isSettled, { name: 'confident' });
  const escalated = concurrently(
    doubtful,
    (step) =>
      singleStageStore(
        step.run,
        () =>
          step.kind === 'doubtful' ? escalate(step.run, step.to, step.doubt, context) : Promise.resolve(step),
        onDropped,
      ),
    { name: 'escalated' },
  );
  const instant = concurrently(atOnce, (run) => settledStore(() => settleAtOnce(run)), {
    name: 'settled at once',
  });

  const ended = merge(instant, confident, escalated, cloud, superseded);
  Inspector.register(ended, { name: 'ended' });
  const outcomes = derived([ended], () => outcomeOf(ended.get()), { name: 'outcomes' });
  // Keeps the graph running whether or not anybody else listens.
  const running = subscribe(outcomes, () => undefined);
  return { ended, outcomes, stop: () => running.unsubscribe() };
}

const rescueRun = (run: Run, trouble: Trouble, context: YardContext): Promise<Step> =>
  trouble.track === 'local'
    ? fallBackFromLocal(run, trouble.failed, context)
    : fallBackToLocal(run, trouble, context);

/** Completions: the newest wins, and the one before it is cancelled. Everything else: side by side. */
function lane(
  name: 'local' | 'cloud',
  requests: Store<Run | undefined>,
  inner: (run: Run) => Store<Step | undefined>,
): Store<Step | undefined> {
  const [completions, others] = route(requests, isCompletion, { name: `${name} completion` });
  const newest = pipe(
    completions,
    switchMap((run) => (run === undefined ? NOTHING : inner(run))),
    filter((step) => step !== undefined),
  );
  Inspector.register(newest, { name: `${name}: newest completion` });
  const all = concurrently(others, inner, { name: `${name}: side by side` });
  const answers = merge(newest, all);
  Inspector.register(answers, { name: `${name} answers` });
  return answers;
}

const NOTHING: Store<Step | undefined> = state<Step | undefined>(undefined, { name: 'nothing' });

const endsAtOnce = (run: Run | undefined): boolean =>
  run !== undefined && (run.decision.kind === 'refuse' || run.decision.track === 'instant');
const goesToCloud = (run: Run | undefined): boolean =>
  run?.decision.kind === 'run' && run.decision.track === 'cloud';
const isCompletion = (run: Run | undefined): boolean => run?.request.task === 'complete';
const isSettled = (step: Step | undefined): boolean => step?.kind !== 'doubtful';
const outcomeOf = (step: Step | undefined): Outcome | undefined =>
  step?.kind === 'settled' ? step.outcome : undefined;
