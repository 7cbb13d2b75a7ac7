import { GROUP_OF_WORD, groupOf, WORD_GROUP_NAMES } from './vocabulary';

/** What one pass over a text counts. */
export interface Scan {
  chars: number;
  lines: number;
  /** Lines that look like code: they hold a bracket or an operator, or end in one of `:;{}`. */
  codeLines: number;
  words: number;
  letters: number;
  digits: number;
  marks: number;
  longestLine: number;
  /** In steps of four columns. */
  deepestIndent: number;
  indentSum: number;
  deepestBracket: number;
  calls: number;
  methodCalls: number;
  arithmetic: number;
  modulo: number;
  comparisons: number;
  assignments: number;
  updates: number;
  subscripts: number;
  slices: number;
  negatives: number;
  commas: number;
  quoted: number;
  quotedChars: number;
  longestQuoted: number;
  numbers: number;
  largestNumber: number;
  sentences: number;
  questions: number;
  formula: number;
  prompts: number;
  nestedLoops: number;
  comprehensions: number;
  params: number;
  readonly groups: Float64Array;
}

const TAB = 9;
const NEWLINE = 10;
const SPACE = 32;

const isLetter = (c: number): boolean => (c >= 97 && c <= 122) || (c >= 65 && c <= 90) || c === 95;
const isDigit = (c: number): boolean => c >= 48 && c <= 57;

// One literal, no spreads: the engine then keeps its fields at fixed places, which halves the time of a scan.
const emptyScan = (): Scan => ({
  chars: 0,
  lines: 1,
  codeLines: 0,
  words: 0,
  letters: 0,
  digits: 0,
  marks: 0,
  longestLine: 0,
  deepestIndent: 0,
  indentSum: 0,
  deepestBracket: 0,
  calls: 0,
  methodCalls: 0,
  arithmetic: 0,
  modulo: 0,
  comparisons: 0,
  assignments: 0,
  updates: 0,
  subscripts: 0,
  slices: 0,
  negatives: 0,
  commas: 0,
  quoted: 0,
  quotedChars: 0,
  longestQuoted: 0,
  numbers: 0,
  largestNumber: 0,
  sentences: 0,
  questions: 0,
  formula: 0,
  prompts: 0,
  nestedLoops: 0,
  comprehensions: 0,
  params: 0,
  groups: new Float64Array(WORD_GROUP_NAMES.length),
});

const LOOPS = GROUP_OF_WORD.get('for') ?? 0;
const FUNCTIONS = GROUP_OF_WORD.get('def') ?? 0;

/** Walks a text once. Longer texts are read up to `limit` characters, so that time stays bounded. */
class Scanner {
  private readonly scan = emptyScan();
  private at = 0;
  private lineStart = 0;
  private lineIsCode = false;
  private indent = 0;
  private depth = 0;
  /** Bracket depth at which `[` subscripts opened, to tell a slice's colon from others. */
  private subscriptDepth = 0;
  private loopIndents: number[] = [];
  private inParams = false;

  constructor(
    private readonly text: string,
    private readonly end: number,
  ) {}

  run(start: number): Scan {
    this.at = start;
    this.startLine();
    while (this.at < this.end) {
      const c = this.text.charCodeAt(this.at);
      if (isLetter(c)) this.word();
      else if (isDigit(c)) this.number();
      else if (c === NEWLINE) this.newline();
      else if (c === SPACE || c === TAB || c === 13) this.at++;
      else if (c === 34 || c === 39 || c === 96) this.quote(c);
      else this.mark(c);
    }
    this.endLine();
    this.scan.chars = this.end - start;
    return this.scan;
  }

  private startLine(): void {
    this.lineStart = this.at;
    this.lineIsCode = false;
    let columns = 0;
    for (; this.at < this.end; this.at++) {
      const c = this.text.charCodeAt(this.at);
      if (c === SPACE) columns++;
      else if (c === TAB) columns += 4;
      else break;
    }
    this.indent = columns / 4;
    const c = this.text.charCodeAt(this.at);
    if (this.at < this.end && c !== NEWLINE) {
      if (this.indent > this.scan.deepestIndent) this.scan.deepestIndent = this.indent;
      this.scan.indentSum += this.indent;
      while ((this.loopIndents.at(-1) ?? -1) >= this.indent) this.loopIndents.pop();
    }
  }

  private endLine(): void {
    const length = this.at - this.lineStart;
    if (length > this.scan.longestLine) this.scan.longestLine = length;
    if (this.lineIsCode) this.scan.codeLines++;
  }

  private newline(): void {
    this.endLine();
    this.scan.lines++;
    this.at++;
    this.startLine();
  }

  private word(): void {
    const start = this.at;
    do this.at++;
    while (
      this.at < this.end &&
      (isLetter(this.text.charCodeAt(this.at)) || isDigit(this.text.charCodeAt(this.at)))
    );
    const { scan } = this;
    scan.words++;
    scan.letters += this.at - start;
    if (this.text.charCodeAt(this.at) === 40) {
      scan.calls++;
      if (this.text.charCodeAt(start - 1) === 46) scan.methodCalls++;
    }
    const group = groupOf(this.text, start, this.at);
    if (group === undefined) return;
    scan.groups[group] = (scan.groups[group] ?? 0) + 1;
    if (group === LOOPS) this.loop(start);
    else if (group === FUNCTIONS) this.inParams = true;
  }

  private loop(start: number): void {
    if (this.depth > 0) {
      this.scan.comprehensions++;
      return;
    }
    const leads = this.text.slice(this.lineStart, start).trim() === '';
    if (!leads || this.indent === 0) return;
    if (this.loopIndents.length > 0) this.scan.nestedLoops++;
    this.loopIndents.push(this.indent);
  }

  private number(): void {
    const start = this.at;
    do this.at++;
    while (this.at < this.end && isDigit(this.text.charCodeAt(this.at)));
    this.scan.numbers++;
    this.scan.digits += this.at - start;
    // Digits stand for size well enough, and "10^9" is as large as it reads.
    const power = this.text.charCodeAt(start - 1) === 94 || this.text.startsWith('^{', start - 2);
    const size = power ? Number(this.text.slice(start, Math.min(this.at, start + 2))) : this.at - start;
    if (size > this.scan.largestNumber) this.scan.largestNumber = size;
  }

  private quote(mark: number): void {
    const before = this.text.charCodeAt(this.at - 1);
    this.at++;
    this.scan.marks++;
    if (isLetter(before) || isDigit(before)) return; // an apostrophe
    const start = this.at;
    for (let i = start; i < this.end; i++) {
      const c = this.text.charCodeAt(i);
      if (c === NEWLINE) return;
      if (c !== mark) continue;
      const length = i - start;
      this.scan.quoted++;
      this.scan.quotedChars += length;
      if (length > this.scan.longestQuoted) this.scan.longestQuoted = length;
      this.at = i + 1;
      return;
    }
  }

  private mark(c: number): void {
    const { scan, text, at } = this;
    const next = text.charCodeAt(at + 1);
    scan.marks++;
    this.at++;
    switch (c) {
      case 40: // (
      case 91: // [
      case 123: // {
        this.open(c, text.charCodeAt(at - 1));
        break;
      case 41:
      case 93:
      case 125:
        if (this.depth > 0) this.depth--;
        if (c === 93 && this.subscriptDepth > this.depth) this.subscriptDepth = 0;
        if (c === 41) this.inParams = false;
        this.lineIsCode = true;
        break;
      case 44: // ,
        scan.commas++;
        if (this.inParams) scan.params++;
        break;
      case 58: // :
        if (this.subscriptDepth > 0 && this.depth === this.subscriptDepth) scan.slices++;
        if (next === NEWLINE || Number.isNaN(next)) this.lineIsCode = true;
        break;
      case 61: // =
        this.equals(next);
        break;
      case 33: // !
      case 60: // <
      case 62: // >
        this.compare(c, next);
        break;
      case 46: // .
        if (next === SPACE || next === NEWLINE) scan.sentences++;
        break;
      case 63:
        scan.questions++;
        break;
      case 36: // $
      case 92: // backslash
      case 94: // ^
        scan.formula++;
        break;
      default:
        this.operator(c, next);
    }
  }

  private open(c: number, before: number): void {
    this.depth++;
    this.lineIsCode = true;
    if (this.depth > this.scan.deepestBracket) this.scan.deepestBracket = this.depth;
    if (c === 91 && (isLetter(before) || isDigit(before) || before === 41 || before === 93)) {
      this.scan.subscripts++;
      this.subscriptDepth = this.depth;
    }
  }

  private equals(next: number): void {
    this.lineIsCode = true;
    if (next === 61) {
      this.scan.comparisons++;
      this.at++;
    } else this.scan.assignments++;
  }

  private compare(c: number, next: number): void {
    if (c === 62 && next === 62 && this.text.charCodeAt(this.at + 1) === 62) {
      this.scan.prompts++;
      this.at += 2;
      return;
    }
    if (c !== 33 || next === 61) this.scan.comparisons++;
    if (next === 61) this.at++;
  }

  private operator(c: number, next: number): void {
    // + - * / %
    if (c !== 43 && c !== 45 && c !== 42 && c !== 47 && c !== 37) return;
    if (next === 61) {
      this.scan.updates++;
      this.at++;
      this.lineIsCode = true;
    } else if (c === 45 && isDigit(next)) this.scan.negatives++;
    else if (c === 37) this.scan.modulo++;
    else this.scan.arithmetic++;
  }
}

/** Counts a part of a text, from `start` up to `end` (UTF-16 offsets). */
export function scanText(text: string, start = 0, end = text.length): Scan {
  return new Scanner(text, end).run(start);
}
