export { createLedger, type Ledger, type LedgerOptions, type Spend } from './ledger';
export type { LedgerEntry, PricedAttempt, SavingRule, Usd } from './entry';
export type { ExportFormat } from './export/export';
export { noticesOf, type LedgerHealth, type Notice } from './health';
export type { CallPrice, PriceCall } from './pricing';
export type { Calibration } from './stats/calibration';
export type { Correction, EstimateComparison } from './stats/correction';
export type { Acceptance, Amount, DayStats, Durations, RangeStats, Stats, Sums } from './stats/stats';
