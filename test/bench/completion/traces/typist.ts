import type { Random } from './random';
import type { TraceEvent } from './trace';

// Keystroke studies: intervals spread log-normally around 100 to 120 ms for letters, longer for signs that
// need another finger position; people think before a line, mistype one letter in some seventy, and see it.
const LETTER_MS = 110;
const SIGN_MS = 170;
const ENTER_MS = 190;
const SPREAD = 0.45;
const THINKING = { share: 0.4, ms: 900, spread: 0.7 };
const SLIP_SHARE = 0.014;
const SLIP_SEEN_MS = { least: 230, most: 420 };
const FASTEST_MS = 10;

/**
 * Types `text` into a new line at offset `at`, beginning at `startMs`: character by character, with the
 * editor's indentation after Enter, with pauses, slips and backspaces.
 */
export function typeText(text: string, at: number, startMs: number, random: Random): TraceEvent[] {
  const events: TraceEvent[] = [];
  let t = startMs;
  let caret = at;
  const insert = (ins: string, ms: number): void => {
    t += Math.max(FASTEST_MS, ms);
    events.push({ t: Math.round(t), at: caret, ins });
    caret += ins.length;
  };
  text.split('\n').forEach((line, i) => {
    const indent = /^[ \t]*/.exec(line)?.[0] ?? '';
    if (i === 0) {
      // The line is opened above what stands there, and the caret goes back into it.
      insert(`${indent}\n`, ENTER_MS);
      caret--;
      events.push({ t: Math.round(t), cursor: caret });
    } else insert(`\n${indent}`, random.logNormal(ENTER_MS, SPREAD));
    if (random.next() < THINKING.share) t += random.logNormal(THINKING.ms, THINKING.spread);
    for (const key of line.slice(indent.length)) {
      if (/[a-z]/.test(key) && random.next() < SLIP_SHARE) {
        insert(String.fromCharCode(97 + random.below(26)), random.logNormal(LETTER_MS, SPREAD));
        t += SLIP_SEEN_MS.least + random.below(SLIP_SEEN_MS.most - SLIP_SEEN_MS.least);
        events.push({ t: Math.round(t), at: --caret, del: 1 });
      }
      insert(key, random.logNormal(/\w/.test(key) ? LETTER_MS : SIGN_MS, SPREAD));
    }
  });
  return events;
}
