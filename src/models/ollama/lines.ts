import { ModelError } from '../failure';

/** Steps back of the server's clock up to this are lines out of order; larger ones are a clock being set. In ms. */
const CLOCK_WAS_SET_MS = 5000;

/**
 * Checks the NDJSON lines of one answer before the `ollama` package sees them (it prints lines that are no JSON to
 * the console, with their text, and goes on). Each line carries the time it was made in nanoseconds, so a line equal
 * to the one before it is a copy, and a line older than the one before it is out of order.
 */
export function lineCheck(): (line: string) => boolean {
  let previous = '';
  let newest = 0;
  return (line) => {
    // Blank lines too: the package would complain of them on the console.
    if (line === previous || line.trim() === '') return false;
    previous = line;
    const at = madeAt(line);
    if (at < newest && newest - at < CLOCK_WAS_SET_MS) {
      throw new ModelError('protocol', 'Ollama sent its answer out of order.');
    }
    newest = at;
    return true;
  };
}

/** Milliseconds since 1970, 0 where the line does not say. */
function madeAt(line: string): number {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch {
    throw new ModelError('protocol', 'Ollama sent a line that is not JSON.');
  }
  if (typeof parsed !== 'object' || parsed === null) {
    throw new ModelError('protocol', 'Ollama sent a line that is not an object.');
  }
  if (!('created_at' in parsed) || typeof parsed.created_at !== 'string') return 0;
  const at = Date.parse(parsed.created_at);
  return Number.isNaN(at) ? 0 : at;
}
