import type { Prompt } from '../models/model';

/** All of a prompt's text in one string, for estimates. */
export function promptText(prompt: Prompt<string>): string {
  const parts = [...prompt.system, ...prompt.turns.flatMap((turn) => turn.parts)];
  return parts.map((part) => part.text).join('');
}
