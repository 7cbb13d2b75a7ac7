import type { Complexity, ComplexityLevel, Reason } from './decision';
import type { RequestFeatures, Task } from './request';

/**
 * Lines and names above which a request counts as moderate or complex. Rules of thumb: a screen of code is about 40
 * lines, and a small local model (7 B) loses the thread of a few hundred; no data set has labels to fit them on.
 */
const LIMITS = {
  codeLines: { moderate: 40, complex: 250 },
  promptTokens: { moderate: 1_500, complex: 8_000 },
  outsideNames: { moderate: 8, complex: 30 },
  files: { moderate: 2, complex: 4 },
} as const;

/** Asks for reasoning over the whole of something; each is one step up. */
const DEMANDING =
  /\b(why|race|deadlock|concurren\w*|thread[- ]?safe\w*|complexity|performance|optimi[sz]e|security|vulnerab\w*|architecture|redesign|restructure|migrate|rewrite|across|all files|every caller|trade-?offs?|prove|invariants?|algorithm)\b/i;

/** Edits whose outcome is settled by the instruction itself. */
const MECHANICAL =
  /\b(rename|typo|format|indent|sort (?:the )?imports?|remove unused|comments?|docstrings?|document|inline (?:the |this )?(?:variable|constant)|add (?:a )?(?:semicolon|newline))\b/i;

const LEVELS: readonly ComplexityLevel[] = ['simple', 'moderate', 'complex'];

/** How hard a request looks from its size, how far it reaches and what is asked. Pure; microseconds. */
export function estimateComplexity(task: Task, features: RequestFeatures): Complexity {
  const because: Reason[] = [];
  const step = (
    code: string,
    value: number,
    limit: { readonly moderate: number; readonly complex: number },
    words: string,
  ): number => {
    if (value < limit.moderate) return 0;
    because.push({ code, text: words });
    return value < limit.complex ? 1 : 2;
  };
  const { codeLines, promptTokens, outsideNames, files } = features;
  const size = Math.max(
    step('code-lines', codeLines, LIMITS.codeLines, `${codeLines} lines of code`),
    step('prompt-tokens', promptTokens, LIMITS.promptTokens, `a prompt of about ${promptTokens} tokens`),
  );
  const reach = Math.max(
    step('outside-names', outsideNames, LIMITS.outsideNames, `${outsideNames} names defined elsewhere`),
    step('files', files, LIMITS.files, `draws on ${files} files`),
  );
  // A completion asks for nothing in words, and its window has a fixed size.
  const asked = task === 'complete' ? 0 : stepAsked(features.instruction, because);
  // Size and reach describe the same bulk, so the larger counts; what is asked comes on top.
  const level = LEVELS[Math.min(2, Math.max(0, Math.max(size, reach) + asked))] ?? 'complex';
  if (because.length === 0) because.push({ code: 'small', text: 'short and self-contained' });
  return { level, because };
}

function stepAsked(instruction: string, because: Reason[]): number {
  if (DEMANDING.test(instruction)) {
    because.push({ code: 'asks-for-reasoning', text: 'what is asked needs reasoning about the whole' });
    return 1;
  }
  if (MECHANICAL.test(instruction)) {
    because.push({ code: 'asks-for-mechanical-edit', text: 'what is asked is a mechanical edit' });
    return -1;
  }
  return 0;
}
