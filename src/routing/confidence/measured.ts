import data from './measured.json';

/** How often answers were right whose evidence had this value; straight lines between the points. */
export interface MeasuredPoint {
  /** Share of samples that agree, or of examples that hold, 0 to 1. */
  readonly share: number;
  readonly probability: number;
  readonly items: number;
}

/** Evidence whose meaning was measured on published outcomes, by the name of its check. */
const MAPS: ReadonlyMap<string, readonly MeasuredPoint[]> = new Map(Object.entries(data.maps));

/** Confidence under which to escalate so that this much of the always-cloud quality is kept. */
export const MEASURED_THRESHOLDS = data.thresholds;

/** What share of local answers was right before any check looked at them. */
export const MEASURED_PRIOR = data.localRight;

export interface Measured {
  readonly probability: number;
  /** Items the map rests on. */
  readonly items: number;
}

/** The measured chance that an answer with this evidence is right; undefined for checks that were never measured. */
export function measuredChance(check: string, share: number): Measured | undefined {
  const points = MAPS.get(check);
  return points === undefined ? undefined : interpolate(points, share);
}

export function interpolate(points: readonly MeasuredPoint[], share: number): Measured | undefined {
  const items = points.reduce((sum, point) => sum + point.items, 0);
  const right = points.find((point) => point.share >= share) ?? points.at(-1);
  if (right === undefined) return undefined;
  const left = points.findLast((point) => point.share <= share) ?? right;
  const width = right.share - left.share;
  const along = width <= 0 ? 0 : (share - left.share) / width;
  return { probability: left.probability + along * (right.probability - left.probability), items };
}
