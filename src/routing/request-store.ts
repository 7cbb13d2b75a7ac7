import { Inspector, pipe, producer, type Store } from 'callbag-recharge';
import { rescue } from 'callbag-recharge/extra';
import type { FailureKind } from '../models/failure';
import type { Run } from './run';
import { TrackFailed, type Step } from './run-request';

/** What happens to a request whose inner store is dropped before its end: it is cancelled, and still has an outcome. */
export type OnDropped = (step: Step) => void;

export interface Stages {
  /** Throws `TrackFailed` where `rescue` may help. */
  readonly first: () => Promise<Step>;
  /** Never throws. */
  readonly rescue: (failed: TrackFailed) => Promise<Step>;
}

/**
 * A request's own inner store: its first attempt, and its own rescue. Emits one step and completes; never fails,
 * since an error would end the node that runs all the others.
 */
export const requestStore = (run: Run, stages: Stages, onDropped: OnDropped): Store<Step | undefined> =>
  unseen(() =>
    pipe(
      stageStore(run, stages.first, onDropped),
      rescue((error) => unseen(() => stageStore(run, () => rescued(run, stages, error), onDropped))),
    ),
  );

/** A stage that needs no rescue. */
export const singleStageStore = (
  run: Run,
  stage: () => Promise<Step>,
  onDropped: OnDropped,
): Store<Step | undefined> =>
  unseen(() => stageStore(run, () => stage().catch(() => broken(run)), onDropped));

/** Instant answers and refusals, which call nobody. */
export const settledStore = (settle: () => Step): Store<Step | undefined> =>
  unseen(() =>
    producer<Step | undefined>(({ emit, complete }) => {
      emit(settle());
      complete();
      return undefined;
    }),
  );

function rescued(run: Run, stages: Stages, error: unknown): Promise<Step> {
  // Anything else is a fault of our own; the request still ends, and with a name.
  if (!(error instanceof TrackFailed)) return Promise.resolve(broken(run));
  return stages.rescue(error).catch(() => broken(run));
}

function broken(run: Run): Step {
  const failure: FailureKind = 'invalid-request';
  const message = 'Something went wrong inside Switchyard.';
  return { kind: 'settled', run, outcome: run.finish({ kind: 'failed', failure, message }) };
}

function stageStore(run: Run, stage: () => Promise<Step>, onDropped: OnDropped): Store<Step | undefined> {
  return producer<Step | undefined>(({ emit, complete, error }) => {
    let state: 'running' | 'done' | 'dropped' = 'running';
    const end = (step: Step): void => {
      if (state === 'dropped') {
        onDropped(step);
        return;
      }
      state = 'done';
      emit(step);
      complete();
    };
    stage().then(end, (reason: unknown) => {
      if (state === 'dropped') {
        onDropped(broken(run));
        return;
      }
      state = 'done';
      error(reason);
    });
    return () => {
      if (state !== 'running') return;
      state = 'dropped';
      run.cancel();
    };
  });
}

/** Stores of single requests come and go by the thousand: the Inspector need not remember them. */
function unseen<T>(make: () => T): T {
  const wasEnabled = Inspector.enabled;
  Inspector.enabled = false;
  try {
    return make();
  } finally {
    Inspector.enabled = wasEnabled;
  }
}
