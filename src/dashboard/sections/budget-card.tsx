import type { JSX } from 'preact';
import { usdWords } from '../../base/money-words';
import { Icon } from '../../pages/icon';
import type { BudgetState } from '../../routing/budget';
import type { Act } from '../act';
import { capsLeft } from '../budget-left';

const LEVEL = {
  none: undefined,
  ok: undefined,
  warning: { icon: 'warning', words: 'most of it is used' },
  capped: { icon: 'error', words: 'used up' },
} as const;

/** What is left of the user's caps. Always about today and this month, whatever range is shown. */
export function BudgetCard({
  budget,
  act,
}: {
  readonly budget: BudgetState;
  readonly act: Act;
}): JSX.Element {
  const caps = capsLeft(budget);
  const level = LEVEL[budget.level];
  return (
    <div class={`budget ${budget.level}`} role="group" aria-label="Budget">
      <div class="budget-head">
        <strong>Budget</strong>
        {level !== undefined && (
          <span class="level">
            <Icon name={level.icon} /> {level.words}
          </span>
        )}
        <button type="button" class="link" onClick={() => act('budgetSettings')}>
          {caps.length === 0 ? 'Set a cap' : 'Change'}
        </button>
      </div>
      {caps.length === 0 && (
        <p class="quiet">
          No cap is set. {usdWords(budget.spentToday)} spent today, {usdWords(budget.spentThisMonth)} this
          month.
        </p>
      )}
      {caps.map(({ span, words, usedShare }) => (
        <div key={span} class="cap">
          <span>{words}</span>
          <span
            class="meter"
            role="meter"
            aria-label={`Budget used ${span}`}
            aria-valuemin={0}
            aria-valuemax={100}
            aria-valuenow={Math.round(usedShare * 100)}
            aria-valuetext={words}
          >
            <span class="fill" style={{ width: `${usedShare * 100}%` }} />
          </span>
        </div>
      ))}
      {budget.reserved > 0 && (
        <p class="quiet">{usdWords(budget.reserved)} is held for requests under way.</p>
      )}
      {budget.lost !== undefined && (
        <p class="quiet">
          {usdWords(budget.lost)} is counted for requests whose window ended before it could say what they
          cost; the provider's bill knows.
        </p>
      )}
    </div>
  );
}
