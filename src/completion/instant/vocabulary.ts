import { KnownWords } from './known-words';
import type { Token } from './tokens';

/** No token; ends a stretch of code that has nothing to do with the next. */
export const NO_TOKEN = 0;

/** Numbers for tokens, given once. */
export class Vocabulary {
  readonly #ids = new Map<Token, number>();
  readonly #tokens: Token[] = [''];
  readonly words = new KnownWords();

  get size(): number {
    return this.#tokens.length;
  }

  /** The number of `token`, a new one where it has none. */
  idOf(token: Token): number {
    let id = this.#ids.get(token);
    if (id === undefined) {
      const own = unshared(token);
      id = this.#tokens.length;
      this.#ids.set(own, id);
      this.#tokens.push(own);
      this.words.add(own.trimStart());
    }
    return id;
  }

  /** -1 for a token that was never seen. */
  find(token: Token): number {
    return this.#ids.get(token) ?? -1;
  }

  token(id: number): Token {
    return this.#tokens[id] ?? '';
  }
}

/** V8 keeps a slice of 13 characters or more as a window into its parent: one token would hold a whole file. */
const unshared = (token: Token): Token =>
  token.length < 13 ? token : Buffer.from(token, 'utf16le').toString('utf16le');
