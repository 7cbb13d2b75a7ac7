import { retype } from './generate';
import { seeded } from './random';
import type { Trace, TraceEvent } from './trace';
import { typeText } from './typist';

/** A made-up file, long enough that any window has to slide. */
const moduleOf = (functions: number): string =>
  Array.from({ length: functions }, (_, i) =>
    [
      `export function step${i}(input: Input): Output {`,
      `  const value = read(input, ${i});`,
      '  if (value === undefined) {',
      '    throw new Error(`missing ${input.name}`);',
      '  }',
      '  return { value, done: true };',
      '}',
      '',
    ].join('\n'),
  ).join('\n');

const BODY =
  '  const total = items.reduce((sum, item) => sum + item.price, 0);\n  return { value: total, done: true };';

/** Traces of what is rare in typing and breaks engines; each with what the server does meanwhile. */
export interface EdgeCase {
  readonly name: string;
  readonly trace: Trace;
  readonly server?: { readonly diesAt?: number; readonly hangsAt?: number };
}

export function edgeCases(): EdgeCase[] {
  const long = plain('long', moduleOf(80), 'typescript');
  return [
    { name: 'files over 256 lines', trace: long },
    { name: 'backspace', trace: backspaces() },
    { name: 'undo', trace: undo() },
    { name: 'caret jumps', trace: jumps() },
    { name: 'mid-line', trace: midLine() },
    { name: 'CRLF', trace: withCrlf(long) },
    { name: 'model hangs', trace: long, server: { hangsAt: 8_000 } },
    { name: 'model dies', trace: long, server: { diesAt: 8_000 } },
  ];
}

function plain(id: string, source: string, language: string): Trace {
  for (let seed = 1; ; seed++) {
    const trace = retype(`edge/${id}`, language, source, seeded(seed));
    if (trace !== undefined) return trace;
  }
}

function typed(id: string, change: (events: TraceEvent[], end: number) => TraceEvent[]): Trace {
  const before = moduleOf(20);
  const at = before.indexOf('  const value = read(input, 9)');
  const events: TraceEvent[] = [{ t: 500, cursor: at }, ...typeText(BODY, at, 900, seeded(7))];
  const all = change(events, at);
  return {
    id: `edge/${id}`,
    path: `edge/${id}.ts`,
    language: 'typescript',
    before,
    after: applied(before, all),
    events: all,
  };
}

/** After every tenth key three characters are taken back and typed again. */
const backspaces = (): Trace =>
  typed('backspace', (events) => {
    const out: TraceEvent[] = [];
    let shift = 0;
    let keys = 0;
    let recent: { at: number; ins: string }[] = [];
    for (const event of events) {
      out.push({ ...event, t: event.t + shift });
      if (!('ins' in event) || event.ins.length !== 1) recent = [];
      else recent.push({ at: event.at, ins: event.ins });
      if (++keys % 10 !== 0 || recent.length < 3) continue;
      const last = recent.slice(-3);
      for (const { at } of [...last].reverse()) out.push({ t: event.t + (shift += 90), at, del: 1 });
      for (const { at, ins } of last) out.push({ t: event.t + (shift += 110), at, ins });
    }
    return out;
  });

/** Everything is undone in one edit after it was typed, and redone in one. */
const undo = (): Trace =>
  typed('undo', (events, at) => {
    const t = events.at(-1)?.t ?? 0;
    return [...events, { t: t + 600, at, del: BODY.length }, { t: t + 1_200, at, ins: BODY }];
  });

/** The caret leaves in the middle of a word and comes back to go on. */
const jumps = (): Trace =>
  typed('jumps', (events) =>
    events.flatMap((event, i): TraceEvent[] => {
      const shift = Math.floor(i / 25) * 1_000;
      const moved = { ...event, t: event.t + shift };
      if (i % 25 !== 24 || !('at' in event) || event.ins?.length !== 1) return [moved];
      const back = event.at + 1;
      return [moved, { t: moved.t + 400, cursor: 10 }, { t: moved.t + 800, cursor: back }];
    }),
  );

/** An argument is typed between the brackets of a call, and a condition before a closing bracket. */
function midLine(): Trace {
  const before = moduleOf(20);
  const at = before.indexOf('(input, 9)') + '(input'.length;
  const events: TraceEvent[] = [{ t: 500, cursor: at }];
  Array.from(', options.name ?? fallback').forEach((ins, i) =>
    events.push({ t: 900 + i * 120, at: at + i, ins }),
  );
  return {
    id: 'edge/mid-line',
    path: 'edge/mid-line.ts',
    language: 'typescript',
    before,
    after: applied(before, events),
    events,
  };
}

/** The same typing in a file with Windows line ends: every offset moves by the line ends before it. */
function withCrlf(trace: Trace): Trace {
  const wide = (text: string): string => text.replaceAll('\n', '\r\n');
  let text = trace.before;
  const offset = (at: number): number => wide(text.slice(0, at)).length;
  const events = trace.events.map((event): TraceEvent => {
    if ('cursor' in event) return { t: event.t, cursor: offset(event.cursor) };
    const { t, at, del = 0, ins = '' } = event;
    const moved = { t, at: offset(at), del: wide(text.slice(at, at + del)).length, ins: wide(ins) };
    text = text.slice(0, at) + ins + text.slice(at + del);
    return moved;
  });
  return { ...trace, id: 'edge/crlf', before: wide(trace.before), after: wide(trace.after), events };
}

function applied(before: string, events: readonly TraceEvent[]): string {
  let text = before;
  for (const event of events) {
    if ('at' in event)
      text = text.slice(0, event.at) + (event.ins ?? '') + text.slice(event.at + (event.del ?? 0));
  }
  return text;
}
