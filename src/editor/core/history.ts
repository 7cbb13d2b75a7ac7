import type { Ledger } from '../../ledger';
import type { HistoryOf } from '../../routing/world';
import { expectationOf } from '../../routing/estimate/expectation';
import { typicalCall } from '../../routing/estimate/typical';

/** What calls of this kind took so far, from the books. */
export function historyOf(ledger: Pick<Ledger, 'stats'>): HistoryOf {
  return (task, model) => {
    const name = `${model.provider}/${model.id}`;
    const found = ledger.stats.get().all.estimates.find((row) => row.task === task && row.model === name);
    const past =
      found === undefined
        ? undefined
        : { calls: found.n, outputTokens: found.outputTokens.actual, timed: found.took.n, ms: found.took.ms };
    return expectationOf(past, typicalCall(task, model));
  };
}
