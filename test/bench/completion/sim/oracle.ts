import type { Trace } from '../traces/trace';
import { answerAt } from './answers';
import type { ReplayResult } from './replay';
import { readTyping, toCome, type Step } from './typing';

/** Long enough that the oracle's answers end where the model errs. */
const MAX_CHARS = 4000;

/** The most the simulated model can give: zero latency, asked whenever nothing right is shown. */
export function oracle(trace: Trace, accuracy: number): ReplayResult {
  let ghost = '';
  let keys = 0;
  let useful = 0;
  let wrong = 0;
  let last: Step | undefined;
  for (const step of readTyping(trace)) {
    const { event } = step;
    if (step.typing && 'ins' in event && last !== undefined) {
      keys++;
      const rest = toCome(last);
      if (!ghost.startsWith(event.ins))
        ghost = rest === undefined ? '' : answerAt(trace, last.caret, rest, accuracy, MAX_CHARS);
      if (ghost.startsWith(event.ins)) useful++;
      else if (ghost !== '') wrong++;
      ghost = ghost.startsWith(event.ins) ? ghost.slice(event.ins.length) : '';
    } else ghost = '';
    last = step;
  }
  return {
    traceId: trace.id,
    keys,
    useful,
    wrong,
    flicker: 0,
    instantChars: 0,
    instantRight: 0,
    acceptGapsMs: [],
    ghostMs: [],
    requests: [],
  };
}
