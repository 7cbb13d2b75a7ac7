let last = 0n;

/** The time in RFC 3339 with nanoseconds, as Go prints it; never the same twice. */
export function now(): string {
  const wall = BigInt(Math.round((performance.timeOrigin + performance.now()) * 1000)) * 1000n;
  last = wall > last ? wall : last + 1n;
  const ms = Number(last / 1_000_000n);
  const below = String(last % 1_000_000n).padStart(6, '0');
  return new Date(ms).toISOString().replace('Z', `${below}Z`);
}
