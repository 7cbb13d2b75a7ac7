import type { Prompt, PromptPart } from '../models/model';
import { textOf, type Piece } from '../privacy/piece';

/** What a local model gets: the draft's plain text. Nothing leaves the user's machine or network this way. */
export function plainPrompt(draft: Prompt<Piece>): Prompt<string> {
  const plain = (part: PromptPart<Piece>): PromptPart<string> => ({ ...part, text: textOf(part.text) });
  return {
    system: draft.system.map(plain),
    turns: draft.turns.map((turn) => ({ ...turn, parts: turn.parts.map(plain) })),
  };
}

/** All of a prompt's text in one string, for estimates. */
export function promptText(prompt: Prompt<string>): string {
  const parts = [...prompt.system, ...prompt.turns.flatMap((turn) => turn.parts)];
  return parts.map((part) => part.text).join('');
}
