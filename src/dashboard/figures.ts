import { usdWords } from '../base/money-words';

const GROUPED = new Intl.NumberFormat('en-US');

/** `12,345`. */
export const countWords = (n: number): string => GROUPED.format(Math.round(n));

/** Tokens, short enough for a narrow column: `9,999`, `12.3k`, `4.5M`. */
export function tokenWords(n: number): string {
  if (n < 10_000) return countWords(n);
  return n < 999_500 ? `${trim(n / 1e3)}k` : `${trim(n / 1e6)}M`;
}

const trim = (n: number): string => (n >= 100 ? n.toFixed(0) : n.toFixed(1).replace(/\.0$/, ''));

/** A share from 0 to 1 as a percentage; what is not quite all or nothing never reads as such. */
export function percentWords(share: number): string {
  if (share > 0 && share < 0.01) return '<1 %';
  if (share < 1 && share > 0.99) return '>99 %';
  return `${String(Math.round(share * 100))} %`;
}

export const plural = (n: number, one: string, many: string): string =>
  `${countWords(n)} ${n === 1 ? one : many}`;

/** A sum as the ledger has it; see `Amount`. */
export interface PartlyKnown {
  readonly usd: number;
  readonly unknown: number;
  readonly estimatedUsd?: number;
}

/** A sum in words. Where nothing of it is known it is "unknown", never $0. */
export const amountWords = (amount: PartlyKnown): string =>
  amount.usd === 0 && amount.unknown > 0 ? 'unknown' : usdWords(amount.usd);

/** What must be said beside a sum: how much of it is estimated, and what is not in it. */
export function amountNotes({ usd, unknown, estimatedUsd = 0 }: PartlyKnown): string[] {
  return [
    ...(estimatedUsd > 0
      ? [estimatedUsd >= usd ? 'estimated' : `${usdWords(estimatedUsd)} of it estimated`]
      : []),
    ...(unknown > 0
      ? [
          usd === 0
            ? `${plural(unknown, 'request', 'requests')} without a known price`
            : `+ ${plural(unknown, 'request', 'requests')} of unknown price`,
        ]
      : []),
  ];
}

/** Estimate against what happened, as "12 % over": how much more (or less) was estimated than came. */
export function offBy(estimated: number, actual: number): string {
  if (actual <= 0) return estimated <= 0 ? 'exact' : 'nothing came';
  const share = estimated / actual - 1;
  if (Math.abs(share) < 0.005) return 'exact';
  const size =
    Math.abs(share) >= 10 ? `${(1 + Math.abs(share)).toFixed(0)} ×` : percentWords(Math.abs(share));
  return `${size} ${share > 0 ? 'over' : 'under'}`;
}
