let depth = 0;
const waiting: (() => void)[] = [];

/**
 * While a graph is being connected, producers wait: one that emits at once would otherwise be heard by the first of
 * its subscribers and missed by the others.
 */
export function beginDeferredStart(): void {
  depth += 1;
}

export function endDeferredStart(): void {
  depth -= 1;
  if (depth > 0) return;
  for (let start = waiting.shift(); start !== undefined; start = waiting.shift()) start();
}

/** Starts a producer now, or when the graph around it is connected. */
export function deferStart(start: () => void): void {
  if (depth > 0) waiting.push(start);
  else start();
}
