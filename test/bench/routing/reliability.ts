import { interpolate } from '../../../src/routing/confidence/measured';
import { CASCADE, fitCascade } from './fit-cascade';
import { agreementOf, examplesOf, risingMap } from './fit-measured';
import type { Item } from './items';
import { calibrationError } from './metrics';

/** Expected calibration errors on the test part, ten bins, of what was fitted on the training part. */
export interface Calibration {
  /** The cascade's chances that the local and that the cloud answer is right. */
  readonly local: number;
  readonly cloud: number;
  /** The map from one piece of evidence to a chance, of the kind that ships; absent where the set has no such evidence. */
  readonly map?: number;
}

const LEAST_ITEMS = 20;

export function probabilities(train: readonly Item[], test: readonly Item[]): Calibration | undefined {
  const withEvidence = (items: readonly Item[]): Item[] =>
    items.filter(
      (item) => item.small.agree08 != null || item.small.agree != null || item.small.conf_logprob != null,
    );
  const [fitOn, tryOn] = [withEvidence(train), withEvidence(test)];
  // A mixture of sets is a mixture of pairs; each set reports its own.
  if (fitOn.length < LEAST_ITEMS || tryOn.length === 0 || new Set(tryOn.map((item) => item.set)).size > 1)
    return undefined;
  const cascade = fitCascade(fitOn, { ...CASCADE, second: false });
  const said = tryOn.map((item) => cascade(item));
  const map = ofMap(fitOn, tryOn);
  return {
    local: calibrationError(
      said.map((one) => one.local),
      tryOn.map((item) => item.small.p),
    ),
    cloud: calibrationError(
      said.map((one) => one.cloud),
      tryOn.map((item) => item.large.p),
    ),
    ...(map !== undefined && { map }),
  };
}

function ofMap(train: readonly Item[], test: readonly Item[]): number | undefined {
  for (const [read, steps] of [
    [agreementOf, 10],
    [examplesOf, 2],
  ] as const) {
    const [judged, tried] = [read(train), read(test)];
    if (judged.length < LEAST_ITEMS || tried.length === 0) continue;
    const points = risingMap(judged, steps);
    return calibrationError(
      tried.map(({ share }) => interpolate(points, share)?.probability ?? 0),
      tried.map(({ right }) => right),
    );
  }
  return undefined;
}
