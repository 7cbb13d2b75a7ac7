import { derived, effect, Inspector, state, subscribe } from 'callbag-recharge';
import { combineEvidence } from './confidence/combine';
import { decide, type DecidableRequest } from './decide';
import type { Decision } from './decision';
import { createGraph } from './graph';
import { graphView } from './graph-view';
import { guardedStore } from './guarded-store';
import { Inlet } from './inlet';
import { redoVerdict, type Feedback, type Outcome } from './outcome';
import { Run } from './run';
import type { World } from './world';
import { CapMemory, CloudCalls, type YardContext } from './yard-context';
import type { YardDeps } from './yard-deps';
import type { ActiveRequest, Ticket, Yard } from './yard';

/** Puts the yard together. The caller owns (and disposes of) what it passes in. */
export function createYard(deps: YardDeps): Yard {
  // The dashboard draws this graph, so its nodes are entered whatever the build's default is.
  Inspector.enabled = true;
  const log = deps.log ?? ((): void => undefined);
  const context: YardContext = {
    ...deps,
    combine: deps.combine ?? ((task, evidence) => combineEvidence(task, evidence)),
    cap: new CapMemory(deps),
    cloudCalls: new CloudCalls(deps),
    log,
  };
  const requests = state<Run | undefined>(undefined, { name: 'requests' });
  const running = state<ReadonlySet<Run>>(new Set(), { name: 'running' });
  const feedbacks = state<Feedback | undefined>(undefined, { name: 'feedback' });
  const graph = createGraph(requests, context);
  const brokenListener = (): void => log('A listener of the yard failed.');
  const requestInlet = new Inlet(requests, brokenListener);
  const feedbackInlet = new Inlet(feedbacks, brokenListener);
  const active = derived([running], () => [...running.get()].map(activeRequest), { name: 'active' });
  const stopEnforcing = effect([deps.policy], () => {
    context.cloudCalls.enforce();
    return undefined;
  });
  let disposed = false;

  const stopWhenIdle = (): void => {
    if (!disposed || running.get().size > 0) return;
    listening.unsubscribe();
    graph.stop();
  };
  const listening = subscribe(graph.ended, (step) => {
    if (step === undefined) return;
    running.update((runs) => new Set([...runs].filter((run) => run !== step.run)));
    const earlier = step.kind === 'settled' ? redoVerdict(step.outcome) : undefined;
    if (earlier !== undefined) feedbackInlet.push(earlier);
    // Not now: the last outcome is still on its way to whoever listens.
    if (disposed) queueMicrotask(stopWhenIdle);
  });

  return {
    submit(request): Ticket {
      const run = new Run(request, decideSafely(request, context), deps.clock, () =>
        running.update((runs) => new Set(runs)),
      );
      if (disposed) {
        run.finish({ kind: 'cancelled' });
        return run.ticket;
      }
      running.update((runs) => new Set(runs).add(run));
      requestInlet.push(run);
      return run.ticket;
    },
    forecast: (request) => decideSafely(request, context),
    outcomes: guardedStore<Outcome | undefined>(graph.outcomes, brokenListener),
    active: guardedStore<readonly ActiveRequest[]>(active, brokenListener),
    feedback: (feedback) => feedbackInlet.push(feedback),
    feedbacks: guardedStore<Feedback | undefined>(feedbacks, brokenListener),
    graphView,
    dispose() {
      if (disposed) return;
      disposed = true;
      stopEnforcing();
      for (const run of running.get()) run.cancel();
      stopWhenIdle();
    },
  };
}

const activeRequest = ({ request, decision, at, model }: Run): ActiveRequest => ({
  ...{ id: request.id, task: request.task, since: at },
  ...(decision.kind === 'run' && { track: model?.place ?? decision.track }),
  ...(model !== undefined && { model }),
});

/** A predictor or a price list that throws must not take the request with it. */
function decideSafely(request: DecidableRequest, context: YardContext): Decision {
  const world = worldOf(context);
  try {
    return decide(request, world);
  } catch {
    context.log('A decision had to be made without predictor, prices and history.');
    const { predict: _predict, history: _history, ...plain } = world;
    return decide(request, { ...plain, price: () => undefined });
  }
}

function worldOf({ policy, budget, cap, directory, health, price, predict, history }: YardContext): World {
  return {
    policy: policy.get(),
    budget: budget.state(),
    askedAboutCap: cap.wasAsked(),
    isSetUp: (model) =>
      (model.place === 'local' ? directory.local(model) : directory.cloud(model)) !== undefined,
    health: (model) => health.of(model),
    price,
    ...(predict !== undefined && { predict }),
    ...(history !== undefined && { history }),
  };
}
