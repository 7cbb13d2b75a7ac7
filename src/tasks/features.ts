import type { RequestFeatures } from '../routing/request';
import { estimateTokens } from '../models/tokens';

export interface Measured {
  readonly languageId: string;
  readonly instruction: string;
  /** UTF-16 units of the whole prompt, as a local model would get it. */
  readonly promptLength: number;
  /** The code the request is about. */
  readonly code: string;
  readonly files: number;
}

/** Names are counted in at most this much code: enough to tell near from far, and quick. UTF-16 units. */
const NAMES_WITHIN = 20_000;

/** What a request is about: the user's words, where there are any, and the code. */
export const subjectText = (instruction: string, code: string): string =>
  instruction === '' ? code : `${instruction}\n${code}`;

export function measureFeatures(measured: Measured): RequestFeatures {
  return {
    languageId: measured.languageId,
    instruction: measured.instruction,
    subjectText: subjectText(measured.instruction, measured.code),
    promptTokens: estimateTokens(measured.promptLength, 'ollama'),
    codeLines: measured.code === '' ? 0 : measured.code.split('\n').length,
    files: measured.files,
    outsideNames: outsideNames(measured.code.slice(0, NAMES_WITHIN)),
  };
}

const DECLARED =
  /\b(?:const|let|var|function|class|def|fn|func|type|interface|enum|struct|val)\s+([A-Za-z_$][\w$]*)/g;
const CALLED = /\b([A-Za-z_$][\w$]*)\s*(?=\(|\.)/g;
const PARAMETERS = /\(([^()]*)\)\s*(?:=>|\{|:|->)/g;
const KEYWORDS = new Set([
  'if',
  'for',
  'while',
  'switch',
  'catch',
  'return',
  'function',
  'def',
  'this',
  'self',
  'super',
  'print',
]);

/** How many names the code calls or reaches into that it does not declare itself: a rough measure of its reach. */
export function outsideNames(code: string): number {
  const own = new Set<string>();
  for (const match of code.matchAll(DECLARED)) own.add(match[1] ?? '');
  for (const match of code.matchAll(PARAMETERS)) {
    for (const name of (match[1] ?? '').matchAll(/[A-Za-z_$][\w$]*/g)) own.add(name[0]);
  }
  const outside = new Set<string>();
  for (const match of code.matchAll(CALLED)) {
    const name = match[1] ?? '';
    if (!own.has(name) && !KEYWORDS.has(name)) outside.add(name);
  }
  return outside.size;
}
