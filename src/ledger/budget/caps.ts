export interface Caps {
  /** In USD; absent where there is no cap. */
  readonly dayUsd?: number;
  readonly monthUsd?: number;
  /** Share of a cap, 0 to 1, from which on the user is warned. */
  readonly warnAt: number;
}

const isAmount = (usd: number | undefined): boolean =>
  usd === undefined || (Number.isFinite(usd) && usd >= 0);

/** A cap that is no amount (NaN, infinite, negative) holds everything back: every comparison with it would pass. */
export const effectiveCaps = (caps: Caps): Caps => ({
  ...caps,
  ...(!isAmount(caps.dayUsd) && { dayUsd: 0 }),
  ...(!isAmount(caps.monthUsd) && { monthUsd: 0 }),
});
