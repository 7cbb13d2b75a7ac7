/** What the page remembers while it is hidden. */
export interface AnswerMemory {
  /** A question that is typed and not yet asked. */
  readonly draft: string;
  /** CSS pixels. */
  readonly scrollTop: number;
}

export function readMemory(kept: unknown): AnswerMemory {
  const field = (name: string): unknown =>
    typeof kept === 'object' && kept !== null ? Reflect.get(kept, name) : undefined;
  const draft = field('draft');
  const scrollTop = field('scrollTop');
  return {
    draft: typeof draft === 'string' ? draft : '',
    scrollTop: typeof scrollTop === 'number' && scrollTop >= 0 ? scrollTop : 0,
  };
}
