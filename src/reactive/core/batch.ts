let depth = 0;
let draining = false;
const deferred: (() => void)[] = [];

/**
 * Runs `fn`, in which any number of stores may be set, as one change: DIRTY goes out at once, values only when the
 * outermost batch has ended, so that a derived store is computed once. Returns what `fn` returns.
 */
export function batch<T>(fn: () => T): T {
  depth += 1;
  try {
    return fn();
  } finally {
    depth -= 1;
    if (depth === 0 && !draining) drain();
  }
}

/** Values set while draining join the same pass; if one throws, the rest still goes out before the error does. */
function drain(): void {
  draining = true;
  const errors: unknown[] = [];
  try {
    for (let emit = deferred.shift(); emit !== undefined; emit = deferred.shift()) {
      try {
        emit();
      } catch (error) {
        errors.push(error);
      }
    }
  } finally {
    draining = false;
  }
  if (errors.length > 0) throw errors[0];
}

export function isBatching(): boolean {
  return depth > 0;
}

/** Keeps an emission for the end of the batch. */
export function deferEmission(emit: () => void): void {
  deferred.push(emit);
}
