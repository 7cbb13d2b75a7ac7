import { subscribe, type Store } from 'callbag-recharge';
import { systemClock } from '../../base/clock';
import { createYard } from '../../routing/create-yard';
import { createHealth, type Health } from '../../routing/health/health';
import type { Policy } from '../../routing/policy';
import type { World } from '../../routing/world';
import type { Yard } from '../../routing/yard';
import type { Providers } from '../models/providers';
import { askOverCap } from './ask-over-cap';
import type { Books } from './books';

export interface Routing {
  readonly yard: Yard;
  readonly health: Health;
  /** What a decision would rest on now. */
  readonly world: () => World;
}

/** The yard with its health and its books: each outcome and each verdict is written down. */
export function openRouting(
  policy: Store<Policy>,
  providers: Providers,
  { ledger, budget, price }: Books,
  log: (line: string) => void,
): Routing {
  const { directory } = providers;
  const health = createHealth({
    clock: systemClock,
    probe: (track) => providers.probe(track),
    mayProbe: ({ place }) => place === 'local' || !(policy.get().offline || policy.get().cloudForbidden),
  });
  const yard = createYard({ clock: systemClock, policy, directory, health, budget, price, askOverCap, log });
  subscribe(yard.outcomes, (outcome) => {
    if (outcome !== undefined) ledger.append(outcome);
  });
  subscribe(yard.feedbacks, (feedback) => {
    if (feedback !== undefined) ledger.amend(feedback);
  });
  const world = (): World => ({
    policy: policy.get(),
    budget: budget.state(),
    askedAboutCap: false,
    isSetUp: (model) =>
      (model.place === 'local' ? directory.local(model) : directory.cloud(model)) !== undefined,
    health: (model) => health.of(model),
    price,
  });
  return { yard, health, world };
}
