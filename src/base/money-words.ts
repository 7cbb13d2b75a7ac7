/** Less than a tenth of what one token of the cheapest model costs; what is smaller is left over from adding up. */
const MOST_DECIMALS = 8;
const NOTHING_USD = 0.5 * 10 ** -MOST_DECIMALS;

/**
 * USD for reading: cents from a dollar on, four decimals below, since a single call costs fractions of a cent, and more
 * where two digits that mean something need them: what cost money never looks like nothing. Undefined is an unknown
 * price, and says so.
 */
export function usdWords(usd: number | undefined): string {
  if (usd === undefined) return 'price unknown';
  const size = Math.abs(usd);
  if (size < NOTHING_USD) return '$0';
  const telling = 1 - Math.floor(Math.log10(size));
  const decimals = size >= 1 ? 2 : Math.min(MOST_DECIMALS, Math.max(4, telling));
  return `${usd < 0 ? '−' : ''}$${size.toFixed(decimals)}`;
}

/** USD for the status bar: always cents, because it stands there all day; less than half a cent is not nothing. */
export function usdCents(usd: number): string {
  const size = Math.abs(usd);
  const cents = size >= NOTHING_USD && size < 0.005 ? '<$0.01' : `$${size.toFixed(2)}`;
  return `${usd < 0 && size >= NOTHING_USD ? '−' : ''}${cents}`;
}

/** "0.4 s", "12 s", "2 min". */
export function durationWords(ms: number): string {
  if (ms < 950) return `${String(Math.max(1, Math.round(ms / 10) * 10))} ms`;
  if (ms < 9950) return `${(ms / 1000).toFixed(1)} s`;
  return ms < 119_500 ? `${String(Math.round(ms / 1000))} s` : `${String(Math.round(ms / 60_000))} min`;
}

export const bytesWords = (bytes: number): string =>
  bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${String(Math.max(1, Math.round(bytes / 1e6)))} MB`;

/**
 * A whole number with its thousands apart: "1,234,567". By hand, because the first `toLocaleString` of a process sets up
 * tables for 15 ms, and on the extension host nobody types meanwhile.
 */
export const countWords = (count: number): string =>
  String(Math.round(count)).replaceAll(/\B(?=(\d{3})+$)/g, ',');
