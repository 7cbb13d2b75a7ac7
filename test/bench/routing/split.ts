import type { Item, ItemSet } from './items';
import { foldOfGroup } from './random';
import type { Policy } from './policies';

export interface Split {
  readonly train: readonly Item[];
  readonly test: readonly Item[];
}

/** With no training folder: three of five folds of the problems to train on, two to test on. */
export function splitByGroup(sets: readonly ItemSet[], seed: number): Split {
  const items = sets.flatMap((set) => set.items);
  const fold = foldOfGroup(
    items.map((item) => item.group),
    5,
    seed,
  );
  const isTrain = (item: Item): boolean => (fold.get(item.group) ?? 0) < 3;
  return { train: items.filter(isTrain), test: items.filter((item) => !isTrain(item)) };
}

export const TUNING_FOLDS = 5;

/**
 * Scores of items by policies that have not seen them (each fold by one fitted on the others): what a threshold may be
 * fixed on.
 */
export function tuningScores<Name extends string>(
  train: readonly Item[],
  fit: (items: readonly Item[]) => Record<Name, Policy>,
  seed: number,
): Map<Item, Record<Name, number>> {
  const fold = foldOfGroup(
    train.map((item) => item.group),
    TUNING_FOLDS,
    seed,
  );
  const scores = new Map<Item, Record<Name, number>>();
  for (let left = 0; left < TUNING_FOLDS; left++) {
    const fitted = fit(train.filter((item) => fold.get(item.group) !== left));
    const names = Object.keys(fitted) as Name[];
    for (const item of train.filter((one) => fold.get(one.group) === left)) {
      const pairs = names.map((name) => [name, fitted[name](item)] as const);
      scores.set(item, Object.fromEntries(pairs) as Record<Name, number>);
    }
  }
  return scores;
}
