import type { FencedCode } from './fences';

interface Named {
  readonly kind: 'function' | 'class';
  readonly name: string;
  readonly parameters: string;
}

const DECLARATION = /\b(function|def|class|const)\s+(\w+)\s*(?:=\s*(?:async\s*)?)?\(?([^()\n]*)\)?/g;

function declarations(code: string): readonly Named[] {
  return [...code.matchAll(DECLARATION)]
    .filter(([whole, word]) => word !== 'const' || whole.includes('('))
    .map(([, word, name = '', parameters = '']) => ({
      kind: word === 'class' ? 'class' : 'function',
      name,
      parameters,
    }));
}

/** An explanation in Markdown, as a model would give it: one sentence, the steps, what to watch for, a use. */
export function explain(asked: string, code: FencedCode | undefined): string {
  if (code === undefined) return followUp(asked);
  const lines = code.text.split('\n').filter((line) => line.trim() !== '');
  const named = declarations(code.text);
  const first = named[0];
  const subject = first === undefined ? 'This code' : `\`${first.name}\``;
  const steps = stepsOf(lines);
  const watch = /\bfor\b|\bwhile\b|\.map\(|\.reduce\(/.test(code.text)
    ? 'It walks the whole input once, so its time grows with the length of the input; an empty input passes through unharmed.'
    : 'It keeps no state of its own, so calling it twice with the same input gives the same result.';
  return [
    `${subject} ${verbOf(first?.name)} in ${lines.length} ${lines.length === 1 ? 'line' : 'lines'} of ${code.language || 'code'}.`,
    '',
    '### How it works',
    '',
    ...steps.map((step, index) => `${index + 1}. ${step}`),
    '',
    '### Worth knowing',
    '',
    `- ${watch}`,
    ...(named.length > 1
      ? [
          `- It also declares ${named
            .slice(1, 4)
            .map(({ name }) => `\`${name}\``)
            .join(', ')}.`,
        ]
      : []),
    '',
    ...(first?.kind === 'function'
      ? ['```' + code.language, `${first.name}(${exampleOf(first.parameters)})`, '```', '']
      : []),
  ].join('\n');
}

/** `parse_line` and `parseLine` both read "parses line". */
function verbOf(name: string | undefined): string {
  const words = (name ?? '')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .split(/[_\s]+/)
    .filter((word) => word !== '');
  const [verb, ...rest] = words.map((word) => word.toLowerCase());
  if (verb === undefined) return 'does its work';
  return [verb.endsWith('s') ? verb : `${verb}s`, ...rest].join(' ');
}

function stepsOf(lines: readonly string[]): readonly string[] {
  const steps = lines.slice(0, 12).flatMap((line) => {
    const text = line.trim();
    if (/^(if|elif|else if)\b/.test(text))
      return [`Where \`${text.replace(/[{:]\s*$/, '').trim()}\`, it takes another way.`];
    if (/^(for|while)\b/.test(text))
      return [`It goes through \`${/\b(?:of|in) ([\w.]+)/.exec(text)?.[1] ?? 'the items'}\` one by one.`];
    if (/^return\b/.test(text))
      return [`It returns \`${text.replace(/^return\s*/, '').replace(/;$/, '') || 'nothing'}\`.`];
    const declared = /^(?:const|let|var)?\s*(\w+)\s*=\s*([^;]+)/.exec(text);
    return declared ? [`\`${declared[1] ?? ''}\` holds \`${(declared[2] ?? '').trim().slice(0, 60)}\`.`] : [];
  });
  return steps.length === 0 ? ['It declares what the rest of the file uses.'] : steps.slice(0, 5);
}

const exampleOf = (parameters: string): string =>
  parameters
    .split(',')
    .map((parameter) => /(\w+)/.exec(parameter)?.[1])
    .filter((name) => name !== undefined && name !== 'self')
    .join(', ');

function followUp(asked: string): string {
  const topic =
    asked
      .split('\n')
      .findLast((line) => line.trim() !== '')
      ?.trim()
      .slice(0, 80) ?? 'that';
  return `On "${topic}": the code above does not depend on it, so either way works.\n\n- Keep it as it is while it has one caller.\n- Once there are two, give it a name of its own.\n`;
}
