import type { ModelInfo as ApiModel } from '@anthropic-ai/sdk/resources/models';
import type { ModelInfo } from '../provider';

/** What each use asks for when the user has not chosen. */
export const DEFAULT_CLAUDE_MODELS = {
  refactor: 'claude-sonnet-5-5',
  ask: 'claude-sonnet-5-5',
  /** Escalated explanations, and the baseline of completions. */
  small: 'claude-haiku-5-5',
} as const;

/** All 5.x models take a million tokens; those before, two hundred thousand. */
export const contextTokensOf = (model: string): number =>
  /^claude-[a-z]+-5(-|$)/.test(model) ? 1_000_000 : 200_000;

const ref = (id: string): ModelInfo['ref'] => ({ provider: 'claude', id, place: 'cloud' });

/** An entry of the API's own list. */
export function modelInfoOf(api: ApiModel): ModelInfo {
  return {
    ref: ref(api.id),
    displayName: api.display_name,
    contextTokens: api.max_input_tokens ?? contextTokensOf(api.id),
    abilities: { chat: true, infill: false, thinking: api.capabilities?.thinking.supported ?? true },
    ...(api.retires_at === null ? {} : { retiresAt: api.retires_at }),
  };
}

/** What is offered while the API does not answer: the defaults, by name. */
export const FALLBACK_MODELS: readonly ModelInfo[] = [
  { id: DEFAULT_CLAUDE_MODELS.refactor, displayName: 'Claude Sonnet 5.5' },
  { id: DEFAULT_CLAUDE_MODELS.small, displayName: 'Claude Haiku 5.5' },
].map(({ id, displayName }) => ({
  ref: ref(id),
  displayName,
  contextTokens: contextTokensOf(id),
  abilities: { chat: true, infill: false, thinking: true },
}));
