import type { FileRef } from './files/file-ref';

/** Turns placeholders back into what they stand for, in the user's own file and nowhere else. */
export interface Restorer {
  /**
   * `text` for writing into `file`: gets back the secrets that came from that file or from the user's own words.
   * One that came from another file stays a placeholder, so that no answer can carry a secret to where it never
   * was; `left` counts those.
   */
  intoFile(text: string, file: FileRef): { readonly text: string; readonly left: number };
  /** The same for text that arrives in pieces; what may be the start of a placeholder waits for the rest. */
  streamInto(file: FileRef): { push(piece: string): string; end(): string };
  /** How many different secrets were replaced. */
  readonly size: number;
}

/** One placeholder of a prompt. */
export interface Redacted {
  readonly name: string;
  readonly secret: string;
  /** Files it came from; `anywhere` for the user's own words. */
  readonly origins: ReadonlySet<string>;
  readonly anywhere: boolean;
}

export const fileKey = (file: FileRef): string =>
  file.kind === 'file' ? `file:${file.path}` : `untitled:${file.name}`;

/** For one prompt: when its request is dropped, so are the secrets. */
export class PromptRestorer implements Restorer {
  readonly #redacted: readonly Redacted[];

  constructor(redacted: readonly Redacted[]) {
    this.#redacted = redacted;
  }

  get size(): number {
    return this.#redacted.length;
  }

  intoFile(text: string, file: FileRef): { text: string; left: number } {
    const key = fileKey(file);
    let result = text;
    let left = 0;
    for (const { name, secret, origins, anywhere } of this.#redacted) {
      if (!result.includes(name)) continue;
      if (anywhere || origins.has(key)) result = result.replaceAll(name, () => secret);
      else left += 1;
    }
    return { text: result, left };
  }

  streamInto(file: FileRef): { push(piece: string): string; end(): string } {
    let held = '';
    const restore = (text: string): string => this.intoFile(text, file).text;
    return {
      push: (piece) => {
        const all = held + piece;
        const keep = this.#startedName(all);
        held = all.slice(all.length - keep);
        return restore(all.slice(0, all.length - keep));
      },
      end: () => {
        const rest = held;
        held = '';
        return restore(rest);
      },
    };
  }

  /** How many of the last characters may be the start of a placeholder. */
  #startedName(text: string): number {
    let most = 0;
    for (const { name } of this.#redacted) {
      for (let length = Math.min(name.length - 1, text.length); length > most; length -= 1) {
        if (text.endsWith(name.slice(0, length))) most = length;
      }
    }
    return most;
  }

  /** Logs and JSON get no secret by accident. */
  toJSON(): string {
    return `[Restorer of ${this.#redacted.length}]`;
  }
}
