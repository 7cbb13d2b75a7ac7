/** Refactorings offered ready-made. `kind` names the code action they appear under. */
export interface ReadyInstruction {
  readonly id: 'extract' | 'simplify' | 'types' | 'tests' | 'document';
  readonly title: string;
  readonly kind: 'extract' | 'rewrite';
  readonly instruction: string;
}

export const READY_INSTRUCTIONS: readonly ReadyInstruction[] = [
  {
    id: 'extract',
    title: 'Extract function',
    kind: 'extract',
    instruction:
      'Extract the part that does one nameable thing into a function of its own with a telling name, and call it. Keep the behaviour.',
  },
  {
    id: 'simplify',
    title: 'Simplify',
    kind: 'rewrite',
    instruction: 'Make this simpler to read. Keep the behaviour and the public names.',
  },
  {
    id: 'types',
    title: 'Add types',
    kind: 'rewrite',
    instruction: 'Add precise static types or type hints. Change nothing else.',
  },
  {
    id: 'tests',
    title: 'Add tests',
    kind: 'rewrite',
    instruction:
      'Keep the code as it is and add tests for it right behind it, in the test style of this language: the usual case, the edges, and bad input.',
  },
  {
    id: 'document',
    title: 'Document',
    kind: 'rewrite',
    instruction:
      'Add a documentation comment in the usual form of this language that says what callers need to know. Change nothing else.',
  },
];
