import { bodyOf, expressionOf, headOf, parametersOf, type Style } from './heads';

/**
 * Continues code at the caret as a small model would: finishes the word and the line, and where a line opens a block,
 * writes a likely body and closes it. Empty where nothing sensible comes to mind.
 */
export function fillIn(prefix: string, suffix: string): string {
  const line = prefix.slice(prefix.lastIndexOf('\n') + 1);
  const rest = suffix.split('\n', 1)[0] ?? '';
  // In the middle of a word or of written code a completion would only be in the way.
  if (/\w/.test(rest)) return '';
  const style = styleOf(prefix);
  if (line.trim() === '') return onBlankLine(prefix, line, suffix, style);
  return (
    blockAfterHead(line, suffix, style) ??
    repeatOfEarlier(prefix, line) ??
    statement(prefix, line, style) ??
    restOfWord(prefix, suffix, line) ??
    ''
  );
}

function styleOf(text: string): Style {
  const python =
    /^\s*(def|class|if|for|while|with|elif|else|try)\b.*:\s*$/m.test(text) && !/[;{]\s*$/m.test(text);
  return { python, indent: /^( {2,4}|\t)\S/m.exec(text)?.[1] ?? (python ? '    ' : '  ') };
}

/** The caret stands behind a head: its block goes on the next lines. */
function blockAfterHead(line: string, suffix: string, style: Style): string | undefined {
  const head = headOf(line);
  if (head === undefined) return undefined;
  const at = /^\s*/.exec(line)?.[0] ?? '';
  const body = `\n${at}${style.indent}${bodyOf(head, style)}`;
  return style.python || isClosed(suffix, at) ? body : `${body}\n${at}}`;
}

/** The block that would be opened here is closed already. */
const isClosed = (suffix: string, at: string): boolean =>
  (suffix.split('\n').find((line) => line.trim() !== '') ?? '').startsWith(`${at}}`);

function onBlankLine(prefix: string, line: string, suffix: string, style: Style): string {
  const above = prefix.slice(0, prefix.length - line.length).trimEnd();
  const previous = above.slice(above.lastIndexOf('\n') + 1);
  const head = headOf(previous);
  if (head !== undefined) {
    const indent = line === '' ? `${/^\s*/.exec(previous)?.[0] ?? ''}${style.indent}` : '';
    return indent + bodyOf(head, style);
  }
  const comment = /^(\s*)(?:\/\/|#|\/\*\*)\s*(.+?)\s*(?:\*\/)?$/.exec(previous);
  if (comment && comment[1] === line) return functionFor(comment[2] ?? '', line, style);
  if (line === '' || /^\s*return\b/.test(previous) || /\w/.test(suffix.split('\n')[1] ?? '')) return '';
  const local = lastLocal(prefix);
  return local === undefined ? '' : `return ${local}${style.python ? '' : ';'}`;
}

const FILLERS = new Set([
  'a',
  'an',
  'the',
  'of',
  'and',
  'that',
  'this',
  'its',
  'all',
  'as',
  'is',
  'it',
  'to',
  'in',
]);

/** "// Adds two prices" asks for `addsTwoPrices`. */
function functionFor(comment: string, at: string, style: Style): string {
  const words = (comment.match(/[A-Za-z]+/g) ?? [])
    .map((word) => word.toLowerCase())
    .filter((word) => !FILLERS.has(word));
  const named = words.slice(0, 3);
  if (named.length === 0) return '';
  if (style.python) {
    const name = named.join('_');
    return `def ${name}(items):\n${at}${style.indent}return ${expressionOf(name, ['items'], style)}`;
  }
  const name = named
    .map((word, index) => (index === 0 ? word : word.replace(/^./, (first) => first.toUpperCase())))
    .join('');
  const parameters = /\btwo\b|\bpair\b/i.test(comment) ? ['a', 'b'] : ['items'];
  const typed = parameters
    .map((parameter) => `${parameter}: ${parameter === 'items' ? 'number[]' : 'number'}`)
    .join(', ');
  return `function ${name}(${typed}) {\n${at}${style.indent}return ${expressionOf(name, parameters, style)};\n${at}}`;
}

/** An earlier line that began the same way is the best guess there is. */
function repeatOfEarlier(prefix: string, line: string): string | undefined {
  const start = line.trimStart();
  if (start.length < 5) return undefined;
  const earlier = prefix
    .slice(0, prefix.length - line.length)
    .split('\n')
    .map((other) => other.trimStart());
  const match = earlier.findLast((other) => other.startsWith(start) && other.length > start.length);
  return match?.slice(start.length);
}

/** The middle of a statement. */
function statement(prefix: string, line: string, style: Style): string | undefined {
  const end = style.python ? '' : ';';
  const before = prefix.slice(0, prefix.length - line.length);
  if (/\breturn\s*$/.test(line)) {
    const local = lastLocal(before);
    return local === undefined ? undefined : `${line.endsWith(' ') ? '' : ' '}${local}${end}`;
  }
  const arrow = /\b(\w+)\s*=\s*\(([^)]*)\)(?:\s*:\s*[^=]+)?\s*=>\s*$/.exec(line);
  if (arrow)
    return `${line.endsWith(' ') ? '' : ' '}${expressionOf(arrow[1] ?? '', parametersOf(arrow[2] ?? ''), style)};`;
  const assigned = /(?:\b(?:const|let)\s+|^\s+)(\w+)\s*=\s*$/.exec(line);
  if (assigned) {
    const source = lastLocal(before);
    const name = assigned[1] ?? '';
    const space = line.endsWith(' ') ? '' : ' ';
    if (/total|sum|^count/i.test(name)) return `${space}0${end}`;
    return source === undefined
      ? undefined
      : `${space}${/count|length|size/i.test(name) ? (style.python ? `len(${source})` : `${source}.length`) : source}${end}`;
  }
  const argument = /\w\(\s*$/.test(line) ? lastLocal(before) : undefined;
  return argument === undefined ? undefined : `${argument})${end}`;
}

/** Finishes a word that the file has, and goes on as it went on there, up to the end of that call or name. */
function restOfWord(prefix: string, suffix: string, line: string): string | undefined {
  const started = /([A-Za-z_]\w+)$/.exec(line)?.[1];
  if (started === undefined || /^\s*(\/\/|#|\*|\/\*)/.test(line)) return undefined;
  const text = `${prefix.slice(0, prefix.length - started.length)}\n${suffix}`;
  const longer = new RegExp(`\\b${started}\\w*(?:\\([\\w., ]*\\))?`, 'g');
  const found = (text.match(longer) ?? []).filter((word) => word.length > started.length);
  return found.at(-1)?.slice(started.length);
}

/** The name declared last, or the last parameter of the function the caret is in. */
function lastLocal(prefix: string): string | undefined {
  const declared = [
    ...prefix.matchAll(/\b(?:const|let|var)\s+(\w+)\s*[=:]|^[ \t]+(\w+)\s*(?::[^=\n]+)?=(?!=)/gm),
  ].at(-1);
  const head = [
    ...prefix.matchAll(/(?:\bfunction \w+|\bdef \w+|=|^\s+\w+)\s*\(([^()]*)\)[^;()]*[{:]\s*$/gm),
  ].at(-1);
  if (declared !== undefined && (head === undefined || declared.index > head.index))
    return declared[1] ?? declared[2];
  return parametersOf(head?.[1] ?? '').at(-1);
}
