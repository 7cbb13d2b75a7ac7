import type * as TreeSitter from 'web-tree-sitter';
import type { Node, Parser } from 'web-tree-sitter';

/** VS Code's language ids with a grammar in the package, and the grammar's name. */
const GRAMMARS: Readonly<Record<string, string>> = {
  typescript: 'typescript',
  typescriptreact: 'tsx',
  javascript: 'javascript',
  javascriptreact: 'tsx',
  python: 'python',
  go: 'go',
  rust: 'rust',
  java: 'java',
};

export const hasGrammar = (languageId: string): boolean => Object.hasOwn(GRAMMARS, languageId);

/** A declaration in source code; UTF-16 offsets, `end` exclusive. */
export interface Declaration {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** What counts as one, over all grammars: functions, methods, classes and types. */
const DECLARES =
  /^(?:(?:generator_)?function_(?:declaration|definition|item)|method_(?:definition|declaration)|constructor_declaration|(?:abstract_)?class_(?:declaration|definition)|interface_declaration|type_alias_declaration|type_declaration|enum_(?:declaration|item)|struct_item|trait_item|impl_item|record_declaration)$/;

/** Bundled it is a CommonJS module, and all its names hang on `default`. */
type Loaded = typeof TreeSitter & { readonly default?: typeof TreeSitter };

/** Parses source code. Runtime and grammars are loaded on first use, one parser a language. */
export class Syntax {
  readonly #parsers = new Map<string, Promise<Parser | undefined>>();
  #runtime: Promise<typeof TreeSitter> | undefined;

  /** `wasmPath` gives the file of a name such as `tree-sitter-python.wasm`. */
  constructor(private readonly wasmPath: (name: string) => string) {}

  /** How many errors the parser sees (broken or missing nodes); undefined where there is no grammar. */
  async countErrors(languageId: string, text: string): Promise<number | undefined> {
    return this.#withTree(languageId, text, countErrors);
  }

  /** The innermost declaration around an offset; undefined where there is none, or no grammar. */
  declarationAround(languageId: string, text: string, offset: number): Promise<Declaration | undefined> {
    return this.#withTree(languageId, text, (root) => {
      for (let node = root.descendantForIndex(offset); node !== null; node = node.parent) {
        if (!DECLARES.test(node.type)) continue;
        const name = (node.childForFieldName('name') ?? node.childForFieldName('type'))?.text;
        if (name !== undefined) return { name, start: node.startIndex, end: node.endIndex };
      }
      return undefined;
    });
  }

  async #withTree<T>(languageId: string, text: string, read: (root: Node) => T): Promise<T | undefined> {
    const parser = await this.#parser(languageId);
    const tree = parser?.parse(text);
    if (tree === undefined || tree === null) return undefined;
    try {
      return read(tree.rootNode);
    } finally {
      // Trees live in the runtime's own memory, which no garbage collector sees.
      tree.delete();
    }
  }

  #parser(languageId: string): Promise<Parser | undefined> {
    const grammar = GRAMMARS[languageId];
    if (grammar === undefined) return Promise.resolve(undefined);
    const known = this.#parsers.get(grammar) ?? this.#load(grammar);
    this.#parsers.set(grammar, known);
    return known;
  }

  async #load(grammar: string): Promise<Parser> {
    this.#runtime ??= this.#start();
    const runtime = await this.#runtime;
    const language = await runtime.Language.load(this.wasmPath(`tree-sitter-${grammar}.wasm`));
    const parser = new runtime.Parser();
    parser.setLanguage(language);
    return parser;
  }

  async #start(): Promise<typeof TreeSitter> {
    const loaded: Loaded = await import('web-tree-sitter');
    const runtime = loaded.default ?? loaded;
    await runtime.Parser.init({ locateFile: (name: string) => this.wasmPath(name) });
    return runtime;
  }
}

function countErrors(root: Node): number {
  if (!root.hasError) return 0;
  let count = 0;
  const open: Node[] = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.isError || node.isMissing) count += 1;
    else if (node.hasError) open.push(...node.children);
  }
  return count;
}
