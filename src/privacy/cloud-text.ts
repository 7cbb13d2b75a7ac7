import type { BlockRule } from './report';

/** Asked at the moment of use: the rule that now forbids sending, or undefined. */
export type MayLeave = () => BlockRule | undefined;

/** Text passed the filter earlier, but may not leave any more: the user went offline, trust or policy changed. */
export class MayNotLeaveError extends Error {
  override readonly name = 'MayNotLeaveError';

  constructor(readonly rule: BlockRule) {
    super(`nothing may be sent to a cloud: ${rule}`);
  }
}

/** Held by this module alone, so that the constructor is closed at run time too, not only to the compiler. */
const MINT = Symbol('mint');

let mint: (text: string, mayLeave: MayLeave) => CloudText;
let peek: (text: CloudText) => string;

/**
 * Text that may leave the machine. Only the privacy gate makes it: the constructor is private and asks for a
 * symbol nobody else holds, the private fields make the type nominal (no string, object literal or look-alike is
 * one), and reading a forged one throws.
 */
export class CloudText {
  readonly #text: string;
  readonly #mayLeave: MayLeave;

  private constructor(key: symbol, text: string, mayLeave: MayLeave) {
    if (key !== MINT) throw new TypeError('CloudText is made by the privacy gate only');
    this.#text = text;
    this.#mayLeave = mayLeave;
  }

  /**
   * For a cloud model's client, at the moment of sending. Throws TypeError on a forgery, and `MayNotLeaveError`
   * when sending has been forbidden since the text was made.
   */
  static reveal(text: CloudText): string {
    const revealed = text.#text;
    const rule = text.#mayLeave();
    if (rule !== undefined) throw new MayNotLeaveError(rule);
    return revealed;
  }

  /** UTF-16 units. */
  get length(): number {
    return this.#text.length;
  }

  /** Logs and JSON get no content by accident. */
  toJSON(): string {
    return `[CloudText, ${this.#text.length} characters]`;
  }

  toString(): string {
    return this.toJSON();
  }

  static {
    mint = (text, mayLeave) => new CloudText(MINT, text, mayLeave);
    peek = (text) => text.#text;
  }
}

/**
 * Makes cloud text of text that the filter has passed. `mayLeave` is asked again whenever the text is about to be
 * sent. Only the privacy gate may import this (a lint rule).
 */
export const mintCloudText = (filtered: string, mayLeave: MayLeave = () => undefined): CloudText =>
  mint(filtered, mayLeave);

/** For the preview, which shows and never sends. Only the preview may import this (a lint rule). */
export const peekCloudText = (text: CloudText): string => peek(text);
