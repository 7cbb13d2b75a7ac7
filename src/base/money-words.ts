/**
 * USD for reading: four decimals under a dollar, since a single call costs fractions of a cent; two from there on.
 * Undefined is an unknown price, and says so.
 */
export function usdWords(usd: number | undefined): string {
  if (usd === undefined) return 'price unknown';
  const size = Math.abs(usd);
  const sign = usd < 0 ? '−' : '';
  if (size === 0) return '$0';
  if (size < 0.0001) return `${sign}<$0.0001`;
  return `${sign}$${size.toFixed(size < 1 ? 4 : 2)}`;
}

/** USD for the status bar: always cents, because it stands there all day. */
export const usdCents = (usd: number): string => `${usd < 0 ? '−' : ''}$${Math.abs(usd).toFixed(2)}`;

/** "0.4 s", "12 s", "2 min". */
export function durationWords(ms: number): string {
  if (ms < 950) return `${String(Math.max(1, Math.round(ms / 10) * 10))} ms`;
  if (ms < 9950) return `${(ms / 1000).toFixed(1)} s`;
  return ms < 119_500 ? `${String(Math.round(ms / 1000))} s` : `${String(Math.round(ms / 60_000))} min`;
}

export const bytesWords = (bytes: number): string =>
  bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${String(Math.max(1, Math.round(bytes / 1e6)))} MB`;
