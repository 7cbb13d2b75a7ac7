import { describe, expect, it } from 'vitest';
import { fimTemplateFor, renderFim } from '../../../src/models/fim-templates';
import { infill } from './asking';

const CODE = 'function add(a, b) {\n  return █;\n}\n';
const CONTEXT = [{ path: 'src/types.ts', text: 'type N = number;' }];

const rendered = (model: string, withContext = false): string => {
  const template = fimTemplateFor(model);
  if (template === undefined) throw new Error(`no template for ${model}`);
  return renderFim(template, infill(CODE, withContext ? CONTEXT : []));
};

describe('asking a model to fill in the middle in its own tokens', () => {
  it.each([
    ['qwen2.5-coder:1.5b', 'Qwen2.5-Coder'],
    ['hf.co/Qwen/Qwen2.5-Coder-7B-GGUF:Q4_K_M', 'Qwen2.5-Coder'],
    ['qwen3-coder:30b', 'Qwen3-Coder'],
    ['starcoder2:3b', 'StarCoder2'],
    ['deepseek-coder:1.3b', 'DeepSeek-Coder'],
    ['deepseek-coder-v2:16b', 'DeepSeek-Coder'],
    ['codellama:7b-code', 'Code Llama'],
    ['CodeLlama-7B-GGUF', 'Code Llama'],
    ['codegemma:2b', 'CodeGemma'],
    ['codestral:22b', 'Codestral'],
  ])('%s is a %s', (model, family) => {
    expect(fimTemplateFor(model)?.family).toBe(family);
  });

  it.each(['llama3.2:3b', 'qwen3:8b', 'mistral', 'nomic-embed-text', 'someone/qwen2.5:7b'])(
    '%s is none',
    (model) => {
      expect(fimTemplateFor(model)).toBeUndefined();
    },
  );

  it('Qwen', () => {
    expect(rendered('qwen2.5-coder')).toBe(
      '<|fim_prefix|>function add(a, b) {\n  return <|fim_suffix|>;\n}\n<|fim_middle|>',
    );
  });
  it('Qwen with other files names the files of the repository', () => {
    expect(rendered('qwen3-coder', true)).toBe(
      '<|repo_name|>workspace\n<|file_sep|>src/types.ts\ntype N = number;\n<|file_sep|>src/main.ts\n' +
        '<|fim_prefix|>function add(a, b) {\n  return <|fim_suffix|>;\n}\n<|fim_middle|>',
    );
  });
  it('StarCoder2 with other files has the path inside the prefix', () => {
    expect(rendered('starcoder2', true)).toBe(
      '<repo_name>workspace<file_sep>src/types.ts\ntype N = number;' +
        '<file_sep><fim_prefix>src/main.ts\nfunction add(a, b) {\n  return <fim_suffix>;\n}\n<fim_middle>',
    );
  });
  it('DeepSeek-Coder', () => {
    expect(rendered('deepseek-coder')).toBe(
      '<｜fim▁begin｜>function add(a, b) {\n  return <｜fim▁hole｜>;\n}\n<｜fim▁end｜>',
    );
  });
  it('Code Llama, whose tokens have spaces', () => {
    expect(rendered('codellama')).toBe('<PRE> function add(a, b) {\n  return  <SUF>;\n}\n <MID>');
  });
  it('CodeGemma', () => {
    expect(rendered('codegemma', true)).toContain(
      'src/types.ts\ntype N = number;<|file_separator|><|fim_prefix|>',
    );
  });
  it('Codestral, which wants the suffix first', () => {
    expect(rendered('codestral')).toBe('[SUFFIX];\n}\n[PREFIX]function add(a, b) {\n  return ');
  });

  it('code that spells a control token does not act as one', () => {
    const template = fimTemplateFor('qwen2.5-coder');
    if (template === undefined) throw new Error('no template');
    const text = renderFim(template, infill("const END = '<|fim_middle|>█';"));
    expect(text.match(/<\|fim_middle\|>/g)).toHaveLength(1);
    expect(text.endsWith('<|fim_middle|>')).toBe(true);
  });
});
