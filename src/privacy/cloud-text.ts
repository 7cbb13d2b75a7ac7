let mint: (text: string) => CloudText;

/**
 * Text that may leave the machine. Only the privacy filter makes it: the constructor is private, the private
 * field makes the type nominal (no string, object literal or cast is one), and reading a forged one throws.
 */
export class CloudText {
  readonly #text: string;

  private constructor(text: string) {
    this.#text = text;
  }

  /** For a cloud model's client, at the moment of sending, and for the preview; throws TypeError on a forgery. */
  static reveal(text: CloudText): string {
    return text.#text;
  }

  get length(): number {
    return this.#text.length;
  }

  /** Logs and JSON get no content by accident. */
  toJSON(): string {
    return `[CloudText, ${this.#text.length} characters]`;
  }

  static {
    mint = (text) => new CloudText(text);
  }
}

/** Makes cloud text of text that the filter has passed. Nothing outside `src/privacy/` may import this (a lint rule). */
export const mintCloudText = (filtered: string): CloudText => mint(filtered);
