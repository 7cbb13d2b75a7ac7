/**
 * `promise`, or `aborted` as soon as `signal` is. `onLate` gets what arrives afterwards, so that nothing held by it
 * is lost; a late failure is dropped with the request it belonged to.
 */
export function abortable<T>(
  promise: Promise<T>,
  signal: AbortSignal,
  onLate?: (value: T) => void,
): Promise<T | 'aborted'> {
  return new Promise((resolve, reject) => {
    let over = false;
    const abort = (): void => {
      over = true;
      resolve('aborted');
    };
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
    promise.then(
      (value) => {
        signal.removeEventListener('abort', abort);
        if (over) onLate?.(value);
        else resolve(value);
      },
      (error: unknown) => {
        signal.removeEventListener('abort', abort);
        reject(error instanceof Error ? error : new Error(String(error)));
      },
    );
  });
}
