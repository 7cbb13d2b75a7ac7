import { subscribe, type Store } from 'callbag-recharge';
import { systemClock } from '../../base/clock';
import { hardBlock } from '../../routing/cloud-gate';
import { createYard } from '../../routing/create-yard';
import { createHealth, type Health } from '../../routing/health/health';
import type { Policy } from '../../routing/policy';
import type { Yard } from '../../routing/yard';
import type { Providers } from '../models/providers';
import { askOverCap } from './ask-over-cap';
import type { Books } from './books';
import { historyOf } from './history';
import type { Learning } from './learning';

export interface Routing {
  readonly yard: Yard;
  readonly health: Health;
}

/** The yard with its health and its books: each outcome and each verdict is written down. */
export function openRouting(
  policy: Store<Policy>,
  providers: Providers,
  { ledger, budget, price }: Books,
  learning: Learning,
  log: (line: string) => void,
): Routing {
  const { directory } = providers;
  const health = createHealth({
    clock: systemClock,
    probe: (track) => providers.probe(track),
    mayProbe: ({ place }) => place === 'local' || hardBlock(policy.get()) === undefined,
  });
  const yard = createYard({
    clock: systemClock,
    policy,
    directory,
    health,
    budget,
    price,
    askOverCap,
    log,
    predict: learning.predict,
    combine: learning.combine,
    history: historyOf(ledger),
  });
  subscribe(yard.outcomes, (outcome) => {
    if (outcome !== undefined) ledger.append(outcome);
  });
  subscribe(yard.feedbacks, (feedback) => {
    if (feedback !== undefined) ledger.amend(feedback);
  });
  return { yard, health };
}
