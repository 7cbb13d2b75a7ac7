import type { FencedCode } from './fences';

/** Answers a question over several files: points at lines, and where a change is asked for, writes it as edits. */
export function answerQuestion(question: string, files: readonly FencedCode[]): string {
  const named = files.filter((file) => file.file !== undefined);
  const renamed = /rename\s+`?(\w+)`?\s+(?:to|into|as)\s+`?(\w+)`?/i.exec(question);
  if (renamed) return rename(named, renamed[1] ?? '', renamed[2] ?? '');
  if (/\b(document|comment|add|change|fix|replace)\b/i.test(question)) return documentFirst(named);
  const found = named.flatMap((file) => mentions(file, question)).slice(0, 6);
  const points =
    found.length > 0 ? found : named.flatMap((file) => declarationsIn(file).slice(0, 2)).slice(0, 6);
  return [
    `In short: it is decided in \`${named[0]?.file ?? 'the file'}\`, and the others use what it exports.`,
    '',
    ...points.map(({ file, line, name }) => `- \`${file}:${line}\` has \`${name}\`.`),
    '',
    'Changing it in that one place is enough; nothing else keeps a copy.',
  ].join('\n');
}

interface Point {
  readonly file: string;
  readonly line: number;
  readonly name: string;
}

const DECLARED = /\b(?:function|class|def|interface|type|const)\s+(\w+)/;

function declarationsIn(file: FencedCode): readonly Point[] {
  return file.text.split('\n').flatMap((text, index) => {
    const name = DECLARED.exec(text)?.[1];
    return name === undefined || /^\s/.test(text) ? [] : [{ file: file.file ?? '', line: index + 1, name }];
  });
}

/** Declarations whose names the question uses. */
function mentions(file: FencedCode, question: string): readonly Point[] {
  const asked = new Set((question.match(/\w{4,}/g) ?? []).map((word) => word.toLowerCase()));
  return declarationsIn(file).filter(({ name }) =>
    (name.match(/[A-Z]?[a-z]+/g) ?? []).some((part) => asked.has(part.toLowerCase())),
  );
}

function rename(files: readonly FencedCode[], from: string, to: string): string {
  const word = new RegExp(`\\b${from}\\b`);
  const blocks = files
    .filter((file) => word.test(file.text))
    .map((file) => {
      const lines = file.text.split('\n');
      const pairs = lines.flatMap((line, index) => (word.test(line) ? [uniqueAround(lines, index)] : []));
      const joined = pairs.filter(
        (pair, index) => pairs.findIndex((other) => other.start === pair.start) === index,
      );
      return editBlock(
        file,
        joined.map(({ start, end }) => {
          const search = lines.slice(start, end).join('\n');
          return { search, replace: search.replaceAll(new RegExp(word, 'g'), to) };
        }),
      );
    });
  if (blocks.length === 0) return `There is no \`${from}\` in these files.`;
  return [
    `\`${from}\` becomes \`${to}\` in ${blocks.length} ${blocks.length === 1 ? 'file' : 'files'}.`,
    '',
    ...blocks,
  ].join('\n');
}

/** The lines around one that together occur only once. */
function uniqueAround(lines: readonly string[], index: number): { start: number; end: number } {
  const text = lines.join('\n');
  let [start, end] = [index, index + 1];
  const occurs = (): number => text.split(lines.slice(start, end).join('\n')).length - 1;
  while (occurs() > 1 && (start > 0 || end < lines.length)) {
    if (start > 0) start -= 1;
    else end += 1;
  }
  return { start, end };
}

function documentFirst(files: readonly FencedCode[]): string {
  const file = files[0];
  const lines = file?.text.split('\n') ?? [];
  const at = lines.findIndex((line) => DECLARED.test(line) && !/^\s/.test(line));
  const name = DECLARED.exec(lines[at] ?? '')?.[1];
  if (file === undefined || name === undefined) return 'These files declare nothing that could be changed.';
  const { start, end } = uniqueAround(lines, at);
  const search = lines.slice(start, end).join('\n');
  const comment =
    file.language === 'python'
      ? `# ${name}: used by the files beside it.`
      : `/** ${name}: used by the files beside it. */`;
  const replace = search.replace(lines[at] ?? '', () => `${comment}\n${lines[at] ?? ''}`);
  return [`\`${file.file ?? ''}:${at + 1}\` is the place.`, '', editBlock(file, [{ search, replace }])].join(
    '\n',
  );
}

function editBlock(file: FencedCode, pairs: readonly { search: string; replace: string }[]): string {
  const body = pairs.map(
    ({ search, replace }) => `<<<<<<< SEARCH\n${search}\n=======\n${replace}\n>>>>>>> REPLACE`,
  );
  return `\`\`\`edit ${file.file ?? ''}\n${body.join('\n')}\n\`\`\`\n`;
}
