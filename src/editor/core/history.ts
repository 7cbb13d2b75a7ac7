import type { Ledger } from '../../ledger';
import type { CallsTaken } from '../../ledger/stats/calls-taken';
import type { ModelRef } from '../../models/model';
import { expectationOf } from '../../routing/estimate/expectation';
import { typicalCall, typicalCalls } from '../../routing/estimate/typical';
import type { Expectation, HistoryOf } from '../../routing/world';

/** What calls of this kind took so far, from the books. */
export function historyOf(ledger: Pick<Ledger, 'stats'>): HistoryOf {
  return (task, model, usualOutputTokens) => {
    const name = `${model.provider}/${model.id}`;
    const ofModel = ledger.stats.get().all.calls.filter((row) => row.model === name);
    const own = ofModel.find((row) => row.task === task);
    const past = own && {
      ...own,
      typical: typicalCalls(model, own.calls, own.usualOutputTokens),
    };
    const expected = expectationOf(past, typicalCall(task, model, usualOutputTokens));
    return expected.ms === undefined ? atPaceOf(expected, model, ofModel) : expected;
  };
}

/**
 * The first local call of a task is timed by those of other tasks on the same model: it writes about as fast. Not by
 * completions, which are mostly reading.
 */
function atPaceOf(expected: Expectation, { place }: ModelRef, calls: readonly CallsTaken[]): Expectation {
  const others = calls.filter(({ task }) => task !== 'complete');
  const wrote = others.reduce((sum, { outputTokens }) => sum + outputTokens, 0);
  if (place !== 'local' || wrote === 0 || expected.outputTokens === undefined) return expected;
  const ms = others.reduce((sum, row) => sum + row.ms, 0);
  return { ...expected, ms: Math.round((ms / wrote) * expected.outputTokens) };
}
