import type { Trace, TraceEvent } from '../traces/trace';

/** A stretch of typing at one place: from a caret jump to the next. */
export interface Passage {
  /** Offset in the document where the passage begins. */
  readonly start: number;
  /** What stands there when it is over: what the model knows. Slips that were taken back are not in it. */
  readonly final: string;
}

/** One event with what it means. */
export interface Step {
  readonly event: TraceEvent;
  readonly passage: Passage;
  /** What the passage holds after this event. */
  readonly typed: string;
  /** True where the user typed characters at the caret: the events that coverage is a share of. */
  readonly typing: boolean;
  /** Where the caret stands afterwards. */
  readonly caret: number;
}

/** Reads a trace forwards and finds out, for every moment, what the user is about to type. */
export function readTyping(trace: Trace): readonly Step[] {
  const steps: {
    event: TraceEvent;
    passage: { start: number; final: string };
    typed: string;
    typing: boolean;
    caret: number;
  }[] = [];
  let caret = -1;
  let passage = { start: 0, final: '' };
  let typed = '';
  trace.events.forEach((event, i) => {
    let typing = false;
    if ('cursor' in event) {
      if (event.cursor !== caret) {
        passage = { start: event.cursor, final: '' };
        typed = '';
      }
      caret = event.cursor;
    } else {
      const { at, del = 0, ins = '' } = event;
      const end = passage.start + typed.length;
      const inside = at >= passage.start && at + del <= end;
      if (!inside || at + del !== caret || at > caret) {
        passage = { start: at, final: '' };
        typed = ins;
      } else {
        typed = typed.slice(0, at - passage.start) + ins + typed.slice(at - passage.start + del);
      }
      typing = del === 0 && ins !== '' && at === caret && !opensLine(event, trace.events[i + 1]);
      caret = at + ins.length;
    }
    passage.final = typed;
    steps.push({ event, passage, typed, typing, caret });
  });
  return steps;
}

/** A line opened above another one: the caret goes back before the line end that just came in. */
function opensLine(event: TraceEvent, next: TraceEvent | undefined): boolean {
  return 'ins' in event && next !== undefined && 'cursor' in next && next.t === event.t;
}

/** What is still to come after `step`, or undefined while a slip is on the screen (no model can know that). */
export function toCome(step: Step): string | undefined {
  const { final } = step.passage;
  return final.startsWith(step.typed) ? final.slice(step.typed.length) : undefined;
}
