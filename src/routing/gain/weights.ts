import { ASKED, FEATURE_NAMES } from './features';
import type { KindModel, PairModel } from './pair-model';
import data from './weights.json';

/** Fails where features and weights went apart: better no prediction than one made of the wrong numbers. */
function load(): PairModel {
  if (data.features.join() !== FEATURE_NAMES.join()) {
    throw new Error('gain/weights.json was trained on other features; run `npm run train:routing`');
  }
  const trained: Readonly<Record<string, KindModel>> = data.kinds;
  const kinds = ASKED.flatMap((asked) => {
    const kind = trained[asked];
    return kind === undefined ? [] : [[asked, kind] as const];
  });
  return { features: data.features, kinds: Object.fromEntries(kinds) };
}

/** The weights that ship; where they come from is stated in the file's `about`. */
export const SHIPPED: PairModel = load();
