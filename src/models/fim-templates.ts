import type { InfillPrompt } from './model';

/** How one family of code models is asked to fill in the middle, in its own control tokens. */
export interface FimTemplate {
  readonly family: string;
  /** Matched against the model's name in lower case, without its registry and tag. */
  readonly names: RegExp;
  /** Puts the prompt together, context files included where the family was trained on them. */
  readonly render: (prompt: InfillPrompt) => string;
  /** Texts at which the answer ends; control tokens that a model may write out when it has no more to say. */
  readonly stop: readonly string[];
  /** True where `render` uses `context`. */
  readonly takesContext: boolean;
}

const files = (prompt: InfillPrompt, one: (path: string, text: string) => string): string =>
  prompt.context.map((file) => one(file.path, file.text)).join('');

/** github.com/QwenLM/Qwen2.5-Coder, README sections 3 and 4 (file and repository level); Qwen3-Coder keeps the tokens. */
const qwen: Omit<FimTemplate, 'family' | 'names'> = {
  takesContext: true,
  render: (prompt) => {
    const middle = `<|fim_prefix|>${prompt.prefix}<|fim_suffix|>${prompt.suffix}<|fim_middle|>`;
    if (prompt.context.length === 0) return middle;
    const context = files(prompt, (path, text) => `<|file_sep|>${path}\n${text}\n`);
    return `<|repo_name|>workspace\n${context}<|file_sep|>${prompt.path}\n${middle}`;
  },
  stop: [
    '<|endoftext|>',
    '<|fim_prefix|>',
    '<|fim_middle|>',
    '<|fim_suffix|>',
    '<|fim_pad|>',
    '<|repo_name|>',
    '<|file_sep|>',
    '<|im_start|>',
    '<|im_end|>',
  ],
};

export const FIM_TEMPLATES: readonly FimTemplate[] = [
  { family: 'Qwen2.5-Coder', names: /qwen-?2\.?5-?coder|codeqwen/, ...qwen },
  { family: 'Qwen3-Coder', names: /qwen-?3(?:\.\d)?-?coder/, ...qwen },
  {
    // arXiv 2402.19173, section 5: the path stands inside the prefix, and no line break joins the files.
    family: 'StarCoder2',
    names: /starcoder-?2/,
    takesContext: true,
    render: (prompt) => {
      const middle = `<fim_suffix>${prompt.suffix}<fim_middle>`;
      if (prompt.context.length === 0) return `<fim_prefix>${prompt.prefix}${middle}`;
      const context = files(prompt, (path, text) => `<file_sep>${path}\n${text}`);
      return `<repo_name>workspace${context}<file_sep><fim_prefix>${prompt.path}\n${prompt.prefix}${middle}`;
    },
    stop: ['<|endoftext|>', '<file_sep>', '<repo_name>', '<fim_prefix>', '<fim_suffix>', '<fim_middle>'],
  },
  {
    // github.com/deepseek-ai/DeepSeek-Coder, README: files of a repository are introduced by "#path".
    family: 'DeepSeek-Coder',
    names: /deepseek-?coder/,
    takesContext: true,
    render: (prompt) =>
      `${files(prompt, (path, text) => `#${path}\n${text}\n`)}${prompt.context.length === 0 ? '' : `#${prompt.path}\n`}` +
      `<｜fim▁begin｜>${prompt.prefix}<｜fim▁hole｜>${prompt.suffix}<｜fim▁end｜>`,
    stop: ['<｜fim▁begin｜>', '<｜fim▁hole｜>', '<｜fim▁end｜>', '<｜end▁of▁sentence｜>', '<|EOT|>'],
  },
  {
    // arXiv 2308.12950, and the template Ollama ships with codellama:code. The spaces belong to the tokens.
    family: 'Code Llama',
    names: /code-?llama/,
    takesContext: false,
    render: (prompt) => `<PRE> ${prompt.prefix} <SUF>${prompt.suffix} <MID>`,
    stop: ['<EOT>', '<PRE>', '<SUF>', '<MID>'],
  },
  {
    // The CodeGemma report, section on fill-in-the-middle: files are kept apart by <|file_separator|>.
    family: 'CodeGemma',
    names: /code-?gemma/,
    takesContext: true,
    render: (prompt) =>
      files(prompt, (path, text) => `${path}\n${text}<|file_separator|>`) +
      `<|fim_prefix|>${prompt.prefix}<|fim_suffix|>${prompt.suffix}<|fim_middle|>`,
    stop: ['<|file_separator|>', '<|fim_prefix|>', '<|fim_suffix|>', '<|fim_middle|>', '<end_of_turn>'],
  },
  {
    // mistral-common's FIM request puts the suffix first; "+++++ path" is the file header in Mistral's own examples.
    family: 'Codestral',
    names: /codestral/,
    takesContext: true,
    render: (prompt) => {
      const context = files(prompt, (path, text) => `+++++ ${path}\n${text}\n\n`);
      const header = prompt.context.length === 0 ? '' : `+++++ ${prompt.path}\n`;
      return `[SUFFIX]${prompt.suffix}[PREFIX]${context}${header}${prompt.prefix}`;
    },
    stop: ['[PREFIX]', '[SUFFIX]', '+++++ '],
  },
];

/** The template of a model by its name, e.g. `qwen2.5-coder:1.5b` or `hf.co/someone/CodeLlama-7B-GGUF:Q4`. */
export function fimTemplateFor(model: string): FimTemplate | undefined {
  const path = model.toLowerCase().split(':')[0] ?? '';
  const name = path.slice(path.lastIndexOf('/') + 1);
  return FIM_TEMPLATES.find((template) => template.names.test(name));
}

/** A prompt in a family's own tokens. Text that spells one of them (this file, say) is kept from acting as one. */
export function renderFim(template: FimTemplate, prompt: InfillPrompt): string {
  const plain = (text: string): string =>
    template.stop.reduce(
      (out, token) => (out.includes(token) ? out.replaceAll(token, spaced(token)) : out),
      text,
    );
  return template.render({
    path: plain(prompt.path),
    prefix: plain(prompt.prefix),
    suffix: plain(prompt.suffix),
    context: prompt.context.map((file) => ({ path: plain(file.path), text: plain(file.text) })),
  });
}

/** A token broken by a space after its first character: read as text, still readable to the model. */
const spaced = (token: string): string => {
  const text = token.trim();
  return `${token.startsWith(' ') ? ' ' : ''}${text.slice(0, 1)} ${text.slice(1)}`;
};
