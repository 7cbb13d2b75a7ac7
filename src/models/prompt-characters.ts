import type { InfillPrompt, Prompt } from './model';

/** UTF-16 units of a whole chat, for estimates; known without reading text that may not be sent yet. */
export const promptCharacters = (prompt: Prompt<{ readonly length: number }>): number =>
  [...prompt.system, ...prompt.turns.flatMap(({ parts }) => parts)].reduce(
    (sum, { text }) => sum + text.length,
    0,
  );

/** UTF-16 units of what a completion is made from, its context files included. */
export const infillCharacters = ({ prefix, suffix, context }: InfillPrompt): number =>
  context.reduce((sum, { path, text }) => sum + path.length + text.length, prefix.length + suffix.length);
