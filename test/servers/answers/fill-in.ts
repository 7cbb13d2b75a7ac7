/** How blocks open and close in the two kinds of languages the sample workspace has. */
interface Style {
  readonly indents: boolean;
  readonly indent: string;
}

/**
 * Continues code at the caret as a small model would: finishes the line, and where the line opens a block, writes a
 * likely body and closes it. Empty where nothing sensible comes to mind.
 */
export function fillIn(prefix: string, suffix: string): string {
  const line = prefix.slice(prefix.lastIndexOf('\n') + 1);
  const rest = suffix.slice(0, suffix.indexOf('\n') === -1 ? undefined : suffix.indexOf('\n'));
  if (/\w/.test(rest)) return '';
  const style = styleOf(prefix);
  const continued = repeatOfEarlier(prefix, line) ?? signature(line, style) ?? statement(prefix, line);
  if (continued !== undefined) return continued;
  return line.trim() === '' ? nextLine(prefix, line, style) : '';
}

function styleOf(text: string): Style {
  const indents =
    /^\s*(def|class|if|for|while|with|elif|else|try)\b.*:\s*$/m.test(text) && !/[;{]\s*$/m.test(text);
  const indent = /^( {2,4}|\t)\S/m.exec(text)?.[1] ?? (indents ? '    ' : '  ');
  return { indents, indent };
}

/** An earlier line that began the same way is the best guess there is. */
function repeatOfEarlier(prefix: string, line: string): string | undefined {
  const start = line.trimStart();
  if (start.length < 6 || /[{:(]\s*$/.test(start)) return undefined;
  const earlier = prefix
    .slice(0, -line.length)
    .split('\n')
    .map((other) => other.trimStart());
  const match = earlier.findLast((other) => other.startsWith(start) && other.length > start.length);
  return match?.slice(start.length);
}

const parametersOf = (list: string): string[] =>
  list
    .split(',')
    .map((parameter) => /^\s*(?:\.\.\.)?(\w+)/.exec(parameter)?.[1] ?? '')
    .filter((name) => name !== '' && name !== 'self' && name !== 'this');

/** The head of a function, loop or condition. */
function signature(line: string, style: Style): string | undefined {
  const at = /^\s*/.exec(line)?.[0] ?? '';
  const inner = `${at}${style.indent}`;
  const python = /^\s*def (\w+)\(([^)]*)\)(?:\s*->\s*[^:]+)?:\s*$/.exec(line);
  if (python) return `\n${inner}${body(python[1] ?? '', parametersOf(python[2] ?? ''), '')}`;
  const script =
    /\bfunction (\w+)\(([^)]*)\)(?:\s*:\s*[^{]+)?\s*\{\s*$/.exec(line) ??
    /\b(\w+)\s*=\s*\(([^)]*)\)(?:\s*:\s*[^=]+)?\s*=>\s*\{\s*$/.exec(line);
  if (script) return `\n${inner}${body(script[1] ?? '', parametersOf(script[2] ?? ''), ';')}\n${at}}`;
  const arrow = /\b(\w+)\s*=\s*\(([^)]*)\)(?:\s*:\s*[^=]+)?\s*=>\s*$/.exec(line);
  if (arrow) return `${expression(arrow[1] ?? '', parametersOf(arrow[2] ?? ''))};`;
  const loop = /^\s*for \((?:const|let) (\w+) of ([\w.]+)\)\s*\{\s*$/.exec(line);
  if (loop) return `\n${inner}console.log(${loop[1] ?? 'item'});\n${at}}`;
  const guard = /^\s*if \(([\w.]+) (?:===|==) (?:undefined|null)\)\s*\{\s*$/.exec(line);
  if (guard) return `\n${inner}return undefined;\n${at}}`;
  return undefined;
}

function body(name: string, parameters: readonly string[], end: string): string {
  return `return ${expression(name, parameters)}${end}`;
}

const OPERATORS: readonly (readonly [RegExp, string])[] = [
  [/add|sum|plus|total/i, ' + '],
  [/sub|minus|diff/i, ' - '],
  [/mul|times|product|area|scale/i, ' * '],
  [/div|ratio|average|mean/i, ' / '],
];

function expression(name: string, parameters: readonly string[]): string {
  const operator = OPERATORS.find(([pattern]) => pattern.test(name))?.[1];
  if (operator !== undefined && parameters.length > 1) return parameters.join(operator);
  const first = parameters[0];
  if (first === undefined) return /^(is|has|can)[A-Z_]/.test(name) ? 'true' : '[]';
  if (/^(is|has|can)/.test(name))
    return parameters.length > 1 ? parameters.join(' === ') : `${first}.length > 0`;
  return parameters.length > 1 ? parameters.join(' + ') : first;
}

/** The middle of a statement. */
function statement(prefix: string, line: string): string | undefined {
  if (/\breturn\s*$/.test(line)) {
    const local = lastLocal(prefix);
    return local === undefined
      ? undefined
      : `${line.endsWith(' ') ? '' : ' '}${local}${/;\s*$/m.test(prefix) ? ';' : ''}`;
  }
  const assigned = /\b(?:const|let) (\w+)\s*=\s*$/.exec(line);
  if (assigned) {
    const source = lastLocal(prefix.slice(0, -line.length)) ?? 'undefined';
    const name = assigned[1] ?? '';
    if (/count|length|size/i.test(name)) return `${source}.length;`;
    return /total|sum/i.test(name) ? '0;' : `${source};`;
  }
  const called = /([\w.]+)\(\s*$/.exec(line);
  const argument = called === null ? undefined : lastLocal(prefix.slice(0, -line.length));
  return argument === undefined ? undefined : `${argument})${/;\s*$/m.test(prefix) ? ';' : ''}`;
}

/** The name declared last, or the last parameter of the function the caret is in. */
function lastLocal(prefix: string): string | undefined {
  const declared = [...prefix.matchAll(/\b(?:const|let|var)\s+(\w+)\s*[=:]|^\s+(\w+)\s*=(?!=)/gm)].at(-1);
  const head = [...prefix.matchAll(/(?:\bfunction \w+|\bdef \w+|=)\s*\(([^()]*)\)/g)].at(-1);
  if (declared !== undefined && (head === undefined || declared.index > head.index))
    return declared[1] ?? declared[2];
  return parametersOf(head?.[1] ?? '').at(-1);
}

/** On an empty line inside a function: a return of what was worked out. */
function nextLine(prefix: string, line: string, style: Style): string {
  const above = prefix.slice(0, -line.length || undefined).trimEnd();
  if (above === '' || line === '') return '';
  const previous = above.slice(above.lastIndexOf('\n') + 1);
  if (/^\s*return\b/.test(previous)) return '';
  const local = lastLocal(prefix);
  return local === undefined ? '' : `return ${local}${style.indents ? '' : ';'}`;
}
