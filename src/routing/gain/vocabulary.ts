/**
 * Words that say something about how hard a text is to reason about, in groups. Counted as whole
 * identifiers, so `return` in prose and in code count alike; the shape features tell the two apart.
 */
export const WORD_GROUPS = {
  loops: ['for', 'while', 'forEach', 'map', 'reduce'],
  branches: ['if', 'elif', 'else', 'switch', 'case', 'match'],
  jumps: [
    'break',
    'continue',
    'goto',
    'raise',
    'throw',
    'try',
    'except',
    'catch',
    'finally',
    'yield',
    'await',
  ],
  logic: ['and', 'or', 'not', 'any', 'all', 'is'],
  functions: ['def', 'function', 'func', 'fn', 'lambda', 'class'],
  returns: ['return'],
  truth: ['True', 'False', 'true', 'false'],
  nothing: ['None', 'null', 'undefined', 'nil'],
  textTests: [
    ...[
      'isupper',
      'islower',
      'isalpha',
      'isdigit',
      'isalnum',
      'isnumeric',
      'isdecimal',
      'isascii',
      'isspace',
    ],
    ...['istitle', 'isidentifier', 'startswith', 'endswith', 'startsWith', 'endsWith', 'includes'],
  ],
  textCase: [
    ...['upper', 'lower', 'swapcase', 'title', 'capitalize', 'casefold', 'toUpperCase', 'toLowerCase'],
  ],
  textCut: [
    ...[
      'split',
      'rsplit',
      'splitlines',
      'strip',
      'lstrip',
      'rstrip',
      'partition',
      'rpartition',
      'trim',
      'substring',
    ],
    ...['removeprefix', 'removesuffix', 'substr'],
  ],
  textSearch: ['find', 'rfind', 'index', 'rindex', 'count', 'indexOf', 'lastIndexOf', 'search'],
  textChange: [
    'replace',
    'translate',
    'maketrans',
    'encode',
    'decode',
    'format',
    'expandtabs',
    'join',
    'replaceAll',
  ],
  textPad: ['zfill', 'rjust', 'ljust', 'center', 'padStart', 'padEnd'],
  codes: ['ord', 'chr', 'charCodeAt', 'fromCharCode', 'bin', 'hex'],
  listGrow: ['append', 'extend', 'insert', 'push', 'unshift', 'concat', 'add'],
  listShrink: ['pop', 'remove', 'clear', 'del', 'shift', 'splice', 'popitem', 'discard'],
  order: ['sort', 'sorted', 'reverse', 'reversed'],
  pairs: ['zip', 'enumerate', 'items', 'entries'],
  tables: ['dict', 'keys', 'values', 'get', 'update', 'setdefault', 'fromkeys', 'copy', 'set', 'Map', 'Set'],
  sums: ['sum', 'min', 'max', 'abs', 'round', 'len', 'length'],
  range: ['range'],
  best: [
    'minimum',
    'maximum',
    'minimize',
    'maximize',
    'smallest',
    'largest',
    'shortest',
    'longest',
    'optimal',
    'optimally',
  ],
  counting: ['number', 'count', 'many', 'ways', 'pairs', 'distinct'],
  parts: [
    'subarray',
    'substring',
    'subsequence',
    'subset',
    'subsets',
    'permutation',
    'permutations',
    'prefix',
    'suffix',
  ],
  graphs: [
    'tree',
    'graph',
    'node',
    'nodes',
    'edge',
    'edges',
    'vertex',
    'vertices',
    'path',
    'paths',
    'grid',
    'cells',
    'root',
  ],
  sequences: ['array', 'arrays', 'list', 'integer', 'integers', 'nums', 'sequence', 'matrix'],
  strings: ['string', 'strings', 'character', 'characters', 'letters', 'word', 'words', 'lowercase'],
  operations: ['operation', 'operations', 'queries', 'query', 'moves', 'move', 'steps', 'step', 'times'],
  arithmetic: [
    'modulo',
    'prime',
    'divisible',
    'probability',
    'expected',
    'sum',
    'product',
    'xor',
    'bitwise',
    'gcd',
  ],
  limits: ['Constraints', 'guaranteed', 'satisfies', 'valid', 'possible', 'impossible'],
  examples: ['Example', 'Sample', 'example', 'Examples', 'assert'],
  story: [
    'she',
    'he',
    'his',
    'her',
    'they',
    'their',
    'each',
    'per',
    'more',
    'than',
    'cost',
    'costs',
    'total',
    'day',
    'week',
  ],
  fractions: ['half', 'twice', 'third', 'percent', 'double', 'quarter', 'rest', 'remaining', 'left'],
} as const;

export type WordGroup = keyof typeof WORD_GROUPS;

const names: readonly string[] = Object.keys(WORD_GROUPS);
export const WORD_GROUP_NAMES = names as readonly WordGroup[];

/** From a word to the group it counts for; a word of two groups counts for the first. */
export const GROUP_OF_WORD: ReadonlyMap<string, number> = new Map(
  WORD_GROUP_NAMES.flatMap((group, index) =>
    WORD_GROUPS[group].map((word): [string, number] => [word, index]),
  ).reverse(),
);

/** First letter, last letter and length of the words above: most words of a text are turned away by it unread. */
const shapes = new Uint8Array(32 * 32 * 32);
const shapeOf = (first: number, last: number, length: number): number =>
  ((first & 31) << 10) | ((last & 31) << 5) | Math.min(length, 31);
for (const word of GROUP_OF_WORD.keys()) {
  shapes[shapeOf(word.charCodeAt(0), word.charCodeAt(word.length - 1), word.length)] = 1;
}

/** The group of the word at `start` up to `end` in `text`; undefined for the many that are in none. */
export function groupOf(text: string, start: number, end: number): number | undefined {
  const shape = shapeOf(text.charCodeAt(start), text.charCodeAt(end - 1), end - start);
  return shapes[shape] === 1 ? GROUP_OF_WORD.get(text.slice(start, end)) : undefined;
}
