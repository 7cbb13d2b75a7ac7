import {
  JinjaTemplateChatWrapper,
  resolveChatWrapper,
  type ChatHistoryItem,
  type ChatWrapper,
  type LlamaModel,
  type LlamaText,
  type Token,
} from 'node-llama-cpp';
import { fimTemplateFor, renderFim } from '../../fim-templates';
import type { Question } from '../protocol';

/** A question in the model's own tokens, and what ends its answer beside the model's own end tokens. */
export interface TokenPrompt {
  readonly tokens: Token[];
  readonly stopTokens: ReadonlySet<Token>;
  readonly stopTexts: readonly string[];
}

type Chat = Extract<Question, { kind: 'chat' }>;
type Infill = Extract<Question, { kind: 'infill' }>;

/** Turns chats into prompts by the template inside the weights. Control tokens in the user's text stay text. */
export class ChatPrompts {
  #wrapper: ChatWrapper | undefined;

  constructor(private readonly model: LlamaModel) {}

  prompt({ system, turns }: Chat): TokenPrompt {
    this.#wrapper ??= chatWrapper(this.model);
    const chatHistory: ChatHistoryItem[] = [
      ...(system === '' ? [] : [{ type: 'system' as const, text: system }]),
      ...turns.map(({ role, text }): ChatHistoryItem =>
        role === 'user' ? { type: 'user', text } : { type: 'model', response: [text] },
      ),
      { type: 'model', response: [''] },
    ];
    const state = this.#wrapper.generateContextState({ chatHistory });
    return {
      tokens: state.contextText.tokenize(this.model.tokenizer),
      ...this.#stops(state.stopGenerationTriggers),
    };
  }

  /** A trigger begins with a control token, which reads as no text, or is a text. */
  #stops(triggers: readonly LlamaText[]): Pick<TokenPrompt, 'stopTokens' | 'stopTexts'> {
    const stopTokens = new Set<Token>();
    const stopTexts: string[] = [];
    for (const trigger of triggers) {
      const [first] = trigger.tokenize(this.model.tokenizer);
      if (first === undefined) continue;
      if (this.model.detokenize([first]) === '') stopTokens.add(first);
      else stopTexts.push(trigger.toString());
    }
    return { stopTokens, stopTexts };
  }
}

/**
 * The template inside the weights, taken as it is: `resolveChatWrapper` would first render every template it knows to
 * find one of its own that gives the same, which takes seconds. Thinking is off for everything asked of a local model,
 * as with Ollama.
 */
function chatWrapper(model: LlamaModel): ChatWrapper {
  const template = model.fileInfo.metadata.tokenizer?.chat_template;
  if (template !== undefined) {
    try {
      return new JinjaTemplateChatWrapper({
        template,
        tokenizer: model.tokenizer,
        additionalRenderParameters: { enable_thinking: false },
      });
    } catch {
      // A template of a kind it does not understand: the long way knows more.
    }
  }
  return resolveChatWrapper(model, {
    warningLogs: false,
    customWrapperSettings: { qwen: { thoughts: 'discourage' } },
  });
}

/**
 * Fill in the middle by the control tokens the weights name; where other files come along and the family's tokens
 * for files are known, by its template. Undefined where the weights know no such tokens.
 */
export function infillPrompt(model: LlamaModel, question: Infill): TokenPrompt | undefined {
  const { prefix, middle, suffix } = model.tokens.infill;
  const template = fimTemplateFor(question.model);
  if (template !== undefined && (question.context.length > 0 || middle === null)) {
    const tokens = model.tokenize(renderFim(template, question), true);
    return { tokens: withBos(model, tokens), stopTokens: new Set(), stopTexts: template.stop };
  }
  if (prefix === null || suffix === null || middle === null) return undefined;
  const tokens = [
    prefix,
    ...model.tokenize(question.prefix),
    suffix,
    ...model.tokenize(question.suffix),
    middle,
  ];
  return {
    tokens: withBos(model, tokens),
    stopTokens: new Set([prefix, suffix, middle]),
    stopTexts: template?.stop ?? [],
  };
}

/** For weights without such tokens: the text before the caret, to be continued. */
export const continuation = (model: LlamaModel, { prefix }: Infill): TokenPrompt => ({
  tokens: withBos(model, model.tokenize(prefix === '' ? '\n' : prefix)),
  stopTokens: new Set(),
  stopTexts: [],
});

function withBos(model: LlamaModel, tokens: Token[]): Token[] {
  const { bos, shouldPrependBosToken } = model.tokens;
  return shouldPrependBosToken && bos !== null && tokens[0] !== bos ? [bos, ...tokens] : tokens;
}
