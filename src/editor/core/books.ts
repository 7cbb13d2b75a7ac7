import { state, type Store, type WritableStore } from 'callbag-recharge';
import { systemClock } from '../../base/clock';
import { createBudget, type Budget } from '../../ledger/budget';
import { createLedger, type Ledger } from '../../ledger';
import type { ModelRef } from '../../models/model';
import { cacheSavedUsd, costUsd, priceOf, type PriceOverrides } from '../../models/prices';
import type { Usage } from '../../models/usage';
import type { Settings } from '../settings/settings';
import { priceNow } from '../words';

export interface Books {
  readonly ledger: Ledger;
  readonly budget: Budget;
  readonly caps: WritableStore<Settings['budget']>;
  /** What a call costs at today's prices, in USD; undefined where the price is unknown. */
  readonly price: (model: ModelRef, usage: Usage) => number | undefined;
}

/** Opens ledger and budget in `folder`, which all windows of this user share. */
export function openBooks(folder: string, windowId: string, settings: Store<Settings>): Books {
  const overrides = (): PriceOverrides => settings.get().prices;
  const ledger = createLedger({
    folder: `${folder}/ledger`,
    windowId,
    clock: systemClock,
    completionsCount: settings.get().countCompletionSavings,
    price: (model, at, usage) => {
      const found = priceOf(model, at, overrides());
      if (found === undefined) return undefined;
      const usd = costUsd(usage, found);
      return { usd, usdWithoutCache: usd + cacheSavedUsd(usage, found) };
    },
  });
  const caps = state(settings.get().budget, { name: 'caps' });
  const budget = createBudget({ folder: `${folder}/budget`, windowId, clock: systemClock, ledger, caps });
  return { ledger, budget, caps, price: priceNow(overrides, () => systemClock.now()) };
}
