import { scanText, type Scan } from './scan';
import { WORD_GROUP_NAMES } from './vocabulary';

/**
 * What is asked, in the terms of the data the predictor learned from. A kind without training data
 * adds nothing of its own: then the shape of the text speaks alone.
 */
export const ASKED = [
  'read-forward',
  'read-backward',
  'complete',
  'reason',
  'generate',
  'test',
  'choose',
] as const;
export type Asked = (typeof ASKED)[number];

/** Longer prompts are read to here (UTF-16 units): a decision must cost well under 0.1 ms at any length. */
export const READ_LIMIT = 6000;

const log = Math.log1p;
const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

interface Shape {
  readonly whole: Scan;
  /** The last line: in a question about code, usually what is asked. */
  readonly tail: Scan;
  readonly lastLine: string;
}

type Measure = (shape: Shape) => number;

const WHOLE = {
  length: ({ whole }) => log(whole.chars),
  lines: ({ whole }) => log(whole.lines),
  words: ({ whole }) => log(whole.words),
  codeShare: ({ whole }) => share(whole.codeLines, whole.lines),
  codeLines: ({ whole }) => log(whole.codeLines),
  letterShare: ({ whole }) => share(whole.letters, whole.chars),
  digitShare: ({ whole }) => share(whole.digits, whole.chars),
  markShare: ({ whole }) => share(whole.marks, whole.chars),
  averageLine: ({ whole }) => log(share(whole.chars, whole.lines)),
  longestLine: ({ whole }) => log(whole.longestLine),
  deepestIndent: ({ whole }) => Math.min(whole.deepestIndent, 8),
  averageIndent: ({ whole }) => share(whole.indentSum, whole.lines),
  deepestBracket: ({ whole }) => Math.min(whole.deepestBracket, 8),
  calls: ({ whole }) => log(whole.calls),
  methodCalls: ({ whole }) => log(whole.methodCalls),
  calculations: ({ whole }) => log(whole.arithmetic + whole.modulo + whole.updates),
  modulo: ({ whole }) => Math.min(whole.modulo, 3),
  comparisons: ({ whole }) => log(whole.comparisons),
  assignments: ({ whole }) => log(whole.assignments),
  updates: ({ whole }) => Math.min(whole.updates, 4),
  subscripts: ({ whole }) => log(whole.subscripts),
  slices: ({ whole }) => Math.min(whole.slices, 4),
  negatives: ({ whole }) => Math.min(whole.negatives, 4),
  quoted: ({ whole }) => log(whole.quoted),
  longestQuoted: ({ whole }) => log(whole.longestQuoted),
  numbers: ({ whole }) => log(whole.numbers),
  largestNumber: ({ whole }) => Math.min(whole.largestNumber, 18),
  sentences: ({ whole }) => log(whole.sentences),
  questions: ({ whole }) => Math.min(whole.questions, 4),
  formula: ({ whole }) => log(whole.formula),
  examplePrompts: ({ whole }) => Math.min(whole.prompts, 5),
  nestedLoops: ({ whole }) => Math.min(whole.nestedLoops, 3),
  comprehensions: ({ whole }) => Math.min(whole.comprehensions, 3),
  parameters: ({ whole }) => Math.min(whole.params, 5),
} satisfies Record<string, Measure>;

/** The text after the last `==` of the last line: what a call should give, where the call is what is asked. */
const expected = (line: string): string => line.slice(line.lastIndexOf('==') + 2).trim();
const loopsOf = (scan: Scan): number => scan.groups[WORD_GROUP_NAMES.indexOf('loops')] ?? 0;

const TAIL = {
  tailLength: ({ tail }) => log(tail.chars),
  tailCommas: ({ tail }) => log(tail.commas),
  tailBrackets: ({ tail }) => Math.min(tail.deepestBracket, 5),
  tailNumbers: ({ tail }) => log(tail.numbers),
  tailQuoted: ({ tail }) => log(tail.quoted),
  tailQuotedChars: ({ tail }) => log(tail.quotedChars),
  tailLongestQuoted: ({ tail }) => log(tail.longestQuoted),
  tailMarks: ({ tail }) => log(tail.marks),
  /** How often the loops turn, roughly: how much there is to walk through times how many loops. */
  turns: ({ whole, tail }) => log(tail.commas + tail.longestQuoted) * Math.min(loopsOf(whole), 3),
  expectedLength: ({ lastLine }) => (lastLine.includes('==') ? log(expected(lastLine).length) : 0),
  expectedTruth: ({ lastLine }) => (/== *(True|False)\s*$/.test(lastLine) ? 1 : 0),
  expectedText: ({ lastLine }) => (/== *['"]/.test(lastLine) ? 1 : 0),
  expectedNumber: ({ lastLine }) => (/== *-?\d+\s*$/.test(lastLine) ? 1 : 0),
  expectedList: ({ lastLine }) => (/== *[[({]/.test(lastLine) ? 1 : 0),
  expectedEmpty: ({ lastLine }) => (/== *(''|""|\[\]|\{\})\s*$/.test(lastLine) ? 1 : 0),
} satisfies Record<string, Measure>;

const shapeMeasures: readonly Measure[] = [...Object.values(WHOLE), ...Object.values(TAIL)];

/** Names of the features, in the order of {@link measure}'s numbers; the weights file repeats them. */
export const FEATURE_NAMES: readonly string[] = [
  ...ASKED.map((asked) => `asked:${asked}`),
  ...Object.keys(WHOLE),
  ...Object.keys(TAIL),
  ...WORD_GROUP_NAMES.map((group) => `words:${group}`),
];

/** Turns a prompt into numbers. One pass over at most {@link READ_LIMIT} characters and one over its last line. */
export function measure(text: string, asked: Asked | undefined): Float64Array {
  const end = Math.min(text.length, READ_LIMIT);
  let lastEnd = end;
  while (lastEnd > 0 && text.charCodeAt(lastEnd - 1) <= 32) lastEnd--;
  const lastStart = text.lastIndexOf('\n', lastEnd - 1) + 1;
  const shape: Shape = {
    whole: scanText(text, 0, end),
    tail: scanText(text, Math.min(lastStart, lastEnd), lastEnd),
    lastLine: text.slice(lastStart, lastEnd),
  };
  const numbers = new Float64Array(FEATURE_NAMES.length);
  let at = 0;
  for (const each of ASKED) numbers[at++] = each === asked ? 1 : 0;
  for (const one of shapeMeasures) numbers[at++] = one(shape);
  for (const count of shape.whole.groups) numbers[at++] = log(Math.min(count, 6));
  return numbers;
}
