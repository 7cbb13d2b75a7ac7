const supported = { supported: true };
const not = { supported: false };

function model(
  id: string,
  name: string,
  line: string,
  thinkingOff: 'disabled' | 'between_tools' | 'never',
  retiresAt?: string,
): Record<string, unknown> {
  const types = {
    adaptive: supported,
    enabled: not,
    disabled: thinkingOff === 'disabled' ? supported : not,
    between_tools: thinkingOff === 'between_tools' ? supported : not,
  };
  const effort = {
    supported: true,
    low: supported,
    medium: supported,
    high: supported,
    xhigh: supported,
    max: supported,
  };
  return {
    type: 'model',
    id,
    display_name: name,
    created_at: '2026-09-28T00:00:00Z',
    deprecated_at: retiresAt === undefined ? null : '2026-06-01T00:00:00Z',
    lifecycle: retiresAt === undefined ? 'active' : 'deprecated',
    retires_at: retiresAt ?? null,
    line,
    max_input_tokens: 1_000_000,
    max_tokens: 128_000,
    capabilities: { thinking: { supported: true, types }, effort, structured_outputs: supported },
  };
}

export const CLAUDE_MODELS: readonly Record<string, unknown>[] = [
  model('claude-haiku-5-5', 'Claude Haiku 5.5', 'haiku', 'disabled'),
  model('claude-sonnet-5-5', 'Claude Sonnet 5.5', 'sonnet', 'between_tools'),
  model('claude-opus-5-5', 'Claude Opus 5.5', 'opus', 'never'),
  model('claude-sonnet-4-5', 'Claude Sonnet 4.5', 'sonnet', 'disabled', '2026-11-30T00:00:00Z'),
];

export const isModel = (id: string): boolean => CLAUDE_MODELS.some((known) => known['id'] === id);

/** Why a model's API refuses this body; undefined where it takes it. */
export function refusalOf(id: string, body: Readonly<Record<string, unknown>>): string | undefined {
  const thinking = (body['thinking'] as { readonly type?: unknown } | undefined)?.type;
  for (const gone of ['temperature', 'top_p', 'top_k']) {
    if (body[gone] !== undefined) return `${gone}: Extra inputs are not permitted`;
  }
  if (thinking === 'disabled' && id.startsWith('claude-opus-5-5'))
    return 'thinking.type: disabled is not supported by this model';
  if (thinking === 'disabled' && id.startsWith('claude-sonnet-5-5'))
    return 'thinking.type: use between_tools with this model';
  if (typeof body['max_tokens'] !== 'number') return 'max_tokens: Field required';
  return undefined;
}
