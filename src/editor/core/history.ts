import type { Ledger } from '../../ledger';
import type { HistoryOf } from '../../routing/world';
import { expectationOf } from '../../routing/estimate/expectation';
import { typicalCall } from '../../routing/estimate/typical';

/** What calls of this kind took so far, from the books. */
export function historyOf(ledger: Ledger): HistoryOf {
  return (task, model) => {
    const name = `${model.provider}/${model.id}`;
    const found = ledger.stats.get().all.estimates.find((row) => row.task === task && row.model === name);
    const past =
      found === undefined
        ? undefined
        : { calls: found.n, outputTokens: found.outputTokens.actual, timed: found.ms.n, ms: found.ms.actual };
    return expectationOf(past, typicalCall(task, model));
  };
}
