import type { Message } from 'ollama';
import { ModelError } from '../failure';
import { fimTemplateFor, renderFim } from '../fim-templates';
import type { CallOptions, InfillPrompt, Prompt, PromptPart } from '../model';
import type { OllamaRequest } from './call';
import { requestOptions, type OllamaLoad } from './options';

/** Thinking is off for everything asked of a local model: Ollama switches it on by default where a model can. */
const COMMON = { think: false } as const;

/** Not in the package's types; the server refuses a prompt that is too long instead of cutting its beginning off. */
const NO_TRUNCATION = { truncate: false };

export function chatMessages<Text>(prompt: Prompt<Text>, reveal: (text: Text) => string): Message[] {
  const join = (parts: readonly PromptPart<Text>[]): string =>
    parts.map((part) => reveal(part.text)).join('');
  const system = join(prompt.system);
  return [
    ...(system === '' ? [] : [{ role: 'system', content: system }]),
    ...prompt.turns.map((turn) => ({ role: turn.role, content: join(turn.parts) })),
  ];
}

export function chatRequest(messages: Message[], load: OllamaLoad, options: CallOptions): OllamaRequest {
  return {
    kind: 'chat',
    body: {
      messages,
      ...COMMON,
      ...NO_TRUNCATION,
      keep_alive: load.keepAlive,
      ...(options.logprobs === true ? { logprobs: true } : {}),
      options: requestOptions(load, options),
    },
  };
}

/**
 * Fill in the middle. A model with `insert` is asked by `suffix`, in its own template. Its template has no place for
 * other files, so where there are some and the family's tokens for them are known, the raw template is used as for
 * a model without `insert`.
 */
export function infillRequest(
  model: string,
  insert: boolean,
  prompt: InfillPrompt,
  load: OllamaLoad,
  options: CallOptions,
): OllamaRequest {
  const template = fimTemplateFor(model);
  const wantsFiles = prompt.context.length > 0 && template?.takesContext === true;
  const common = {
    ...COMMON,
    ...NO_TRUNCATION,
    keep_alive: load.keepAlive,
    ...(options.logprobs === true ? { logprobs: true } : {}),
  };
  if (insert && !wantsFiles) {
    // An empty suffix would make it an ordinary chat prompt, an empty prompt a preload.
    const body = {
      prompt: prompt.prefix === '' ? '\n' : prompt.prefix,
      suffix: prompt.suffix === '' ? '\n' : prompt.suffix,
    };
    return { kind: 'generate', body: { ...body, ...common, options: requestOptions(load, options) } };
  }
  if (template === undefined) throw new ModelError('no-infill', `${model} cannot fill in the middle.`);
  const stop = [...template.stop, ...(options.stop ?? [])];
  return {
    kind: 'generate',
    body: {
      prompt: renderFim(template, prompt),
      raw: true,
      ...common,
      options: requestOptions(load, { ...options, stop }),
    },
  };
}
