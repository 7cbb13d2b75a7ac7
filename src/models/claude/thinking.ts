import type { MessageCreateParamsStreaming, ThinkingConfigParam } from '@anthropic-ai/sdk/resources/messages';
import type { Effort } from '../model';

/** How a model's thinking can be switched off; `never` where asking for it is an error. */
interface ThinkingRule {
  readonly models: RegExp;
  readonly off: ThinkingConfigParam | 'never';
}

/**
 * Anthropic's model pages, read 2026-11-23: Opus 5.5 and Fable always think; Sonnet 5.5 is switched off by
 * `between_tools` (without tools there is no between); Haiku 5.5 and Opus 5 by `disabled`, at effort up to high.
 * Models not listed get neither parameter and do what they do by default.
 */
const RULES: readonly ThinkingRule[] = [
  { models: /^claude-(opus-5-5|fable-5)/, off: 'never' },
  { models: /^claude-sonnet-5-5/, off: { type: 'between_tools' } },
  { models: /^claude-(haiku-5-5|opus-5(?!-))/, off: { type: 'disabled' } },
];

export type ThinkingParams = Pick<MessageCreateParamsStreaming, 'thinking' | 'output_config'>;

/**
 * Effort is passed on where the model takes one. At low effort thinking is switched off too: an explanation or a small
 * edit should start at once, and thinking is billed as output. Otherwise the model decides (adaptive, its default).
 */
export function thinkingParams(model: string, effort: Effort | undefined): ThinkingParams {
  const rule = RULES.find(({ models }) => models.test(model));
  if (rule === undefined || effort === undefined) return {};
  const off = effort === 'low' && rule.off !== 'never' ? { thinking: rule.off } : {};
  return { ...off, output_config: { effort } };
}
