export interface Style {
  readonly python: boolean;
  readonly indent: string;
}

/** A line that opens a block. */
export type Head =
  | { readonly kind: 'function'; readonly name: string; readonly parameters: readonly string[] }
  | { readonly kind: 'loop'; readonly item: string }
  | { readonly kind: 'missing'; readonly name: string };

export const parametersOf = (list: string): string[] =>
  list
    .split(',')
    .map((parameter) => /^\s*(?:\.\.\.|\*+)?(?:readonly )?(\w+)/.exec(parameter)?.[1] ?? '')
    .filter((name) => name !== '' && name !== 'self' && name !== 'this');

export function headOf(line: string): Head | undefined {
  const named =
    /^\s*def (\w+)\((.*)\)(?:\s*->\s*[^:]+)?:\s*$/.exec(line) ??
    /\bfunction (\w+)\(([^)]*)\)(?:\s*:\s*[^{]+)?\s*\{\s*$/.exec(line) ??
    /\b(\w+)\s*=\s*\(([^)]*)\)(?:\s*:\s*[^=]+)?\s*=>\s*\{\s*$/.exec(line) ??
    /^\s+(?:async |private |static |readonly )*(?!(?:if|for|while|switch|catch)\b)(\w+)\(([^)]*)\)(?:\s*:\s*[^{]+)?\s*\{\s*$/.exec(
      line,
    );
  if (named) return { kind: 'function', name: named[1] ?? '', parameters: parametersOf(named[2] ?? '') };
  const loop =
    /^\s*for \((?:const|let) (\w+) (?:of|in) .+\)\s*\{\s*$/.exec(line) ??
    /^\s*for (\w+)(?:, \w+)* in .+:\s*$/.exec(line);
  if (loop) return { kind: 'loop', item: loop[1] ?? '' };
  const missing =
    /^\s*if \(!?([\w.]+)(?: ===? (?:undefined|null))?\)\s*\{\s*$/.exec(line) ??
    /^\s*if (?:not )?([\w.]+)(?: is None)?:\s*$/.exec(line);
  return missing ? { kind: 'missing', name: missing[1] ?? '' } : undefined;
}

/** What stands in the block, on one line. */
export function bodyOf(head: Head, style: Style): string {
  const end = style.python ? '' : ';';
  switch (head.kind) {
    case 'function':
      return `return ${expressionOf(head.name, head.parameters, style)}${end}`;
    case 'loop':
      return style.python ? `print(${head.item})` : `console.log(${head.item});`;
    case 'missing':
      return style.python ? 'return None' : 'return undefined;';
  }
}

const OPERATORS: readonly (readonly [RegExp, string])[] = [
  [/add|sum|plus|total/i, ' + '],
  [/sub|minus|diff|left|remain/i, ' - '],
  [/mul|times|product|area|scale/i, ' * '],
  [/div|ratio|average|mean|share/i, ' / '],
];

/** A likely value for a function of this name and these parameters. */
export function expressionOf(name: string, parameters: readonly string[], style: Style): string {
  const [first, second] = parameters;
  if (first === undefined)
    return style.python ? 'None' : /^(is|has|can)[A-Z]/.test(name) ? 'true' : 'undefined';
  if (second === undefined) return ofOne(name, first, style);
  if (/^(is|has|can)(_|[A-Z])/.test(name)) return `${first} ${style.python ? '==' : '==='} ${second}`;
  if (/max|larger|largest|most/i.test(name))
    return `${style.python ? 'max' : 'Math.max'}(${parameters.join(', ')})`;
  if (/min|smaller|smallest|least/i.test(name))
    return `${style.python ? 'min' : 'Math.min'}(${parameters.join(', ')})`;
  const operator = OPERATORS.find(([pattern]) => pattern.test(name))?.[1] ?? ' + ';
  return parameters.join(operator);
}

function ofOne(name: string, only: string, { python }: Style): string {
  if (/mean|average/i.test(name))
    return python
      ? `sum(${only}) / len(${only})`
      : `${only}.reduce((sum, value) => sum + value, 0) / ${only}.length`;
  if (/sum|total|add/i.test(name))
    return python ? `sum(${only})` : `${only}.reduce((sum, value) => sum + value, 0)`;
  if (/count|length|size/i.test(name)) return python ? `len(${only})` : `${only}.length`;
  if (/double|twice/i.test(name)) return `${only} * 2`;
  if (/sort/i.test(name)) return python ? `sorted(${only})` : `[...${only}].sort()`;
  if (/^(is|has|can)(_|[A-Z])/.test(name)) return python ? `bool(${only})` : `${only} !== undefined`;
  return only;
}
