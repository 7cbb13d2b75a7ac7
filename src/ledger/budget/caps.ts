export interface Caps {
  /** In USD; absent where there is no cap. */
  readonly dayUsd?: number;
  readonly monthUsd?: number;
  /** Share of a cap, 0 to 1, from which on the user is warned. */
  readonly warnAt: number;
}

export interface EffectiveCaps extends Caps {
  /** Caps that are set to no amount. */
  readonly invalid: readonly ('day' | 'month')[];
}

const isAmount = (usd: number | undefined): boolean =>
  usd === undefined || (Number.isFinite(usd) && usd >= 0);

/** A cap that is no amount (NaN, infinite, negative) holds everything back: every comparison with it would pass. */
export function effectiveCaps(caps: Caps): EffectiveCaps {
  const day = isAmount(caps.dayUsd);
  const month = isAmount(caps.monthUsd);
  return {
    ...caps,
    ...(!day && { dayUsd: 0 }),
    ...(!month && { monthUsd: 0 }),
    invalid: [...(day ? [] : (['day'] as const)), ...(month ? [] : (['month'] as const))],
  };
}
