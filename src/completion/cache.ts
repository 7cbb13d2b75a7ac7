import { LRUCache } from 'lru-cache';
import { extend, keyOf, type Hash } from './text/rolling-hash';

/** A model's answer at one place: behind a document prefix, ahead of a suffix. Grows while it streams. */
export interface Answer {
  readonly requestId: string;
  /** Keys of the text before and after the place the answer belongs to. */
  readonly prefixKey: number;
  readonly suffixKey: number;
  /** Counts requests: the greater, the newer. */
  readonly order: number;
  text: string;
  /** `cut`: given up or failed before its end; what it says is worth showing, and not all there is to say. */
  state: 'streaming' | 'done' | 'cut';
}

/** An answer that fits where the caret is. */
export interface Fit {
  readonly answer: Answer;
  /** Characters typed since the place the answer belongs to. */
  readonly typed: number;
  /** What it still has to offer; empty where the model has not come so far yet. */
  readonly rest: string;
}

/** Where the caret is, in the cache's terms. */
export interface Place {
  readonly suffixKey: number;
  /** The last characters before the caret, at most `WALK_BACK`. */
  readonly tail: string;
  /** Hash of everything before `tail`. */
  readonly beforeTail: Hash;
}

// 500 answers of some 300 characters are a few hundred kilobytes, and more than an hour of typing.
const MAX_ANSWERS = 500;
/** An answer is found again so many characters behind its place; longer than any answer asked for. */
export const WALK_BACK = 1024;

/**
 * Answers by (document prefix, suffix). A lookup walks back from the caret: an answer asked for earlier fits
 * while the characters typed since are its own first ones, so that typing along, deleting back and coming
 * back all hit. The walk costs one map lookup a character, whatever the document's size.
 */
export class AnswerCache {
  readonly #bySuffix = new Map<number, Map<number, Answer[]>>();
  readonly #answers = new LRUCache<string, Answer>({
    max: MAX_ANSWERS,
    dispose: (answer) => this.#unlink(answer),
  });

  get size(): number {
    return this.#answers.size;
  }

  add(answer: Answer): void {
    let places = this.#bySuffix.get(answer.suffixKey);
    if (places === undefined) this.#bySuffix.set(answer.suffixKey, (places = new Map<number, Answer[]>()));
    const here = places.get(answer.prefixKey);
    if (here === undefined) places.set(answer.prefixKey, [answer]);
    else here.push(answer);
    this.#answers.set(answer.requestId, answer);
  }

  remove(answer: Answer): void {
    this.#answers.delete(answer.requestId);
  }

  clear(): void {
    this.#answers.clear();
  }

  /** The newest answer to the very same question, if there is one. */
  at(prefixKey: number, suffixKey: number): Answer | undefined {
    return this.#bySuffix.get(suffixKey)?.get(prefixKey)?.at(-1);
  }

  /** All that is known behind a fit: a cut answer goes on with the one asked for at its end, whose prefix has that key. */
  restOf({ answer, rest }: Fit, endKey: () => number): string {
    if (answer.state !== 'cut') return rest;
    return rest + (this.at(endKey(), answer.suffixKey)?.text ?? '');
  }

  /** All answers that fit, the one asked for nearest to the caret first, newest first among equals. */
  fits(place: Place): Fit[] {
    const places = this.#bySuffix.get(place.suffixKey);
    if (places === undefined) return [];
    const found: Fit[] = [];
    let hash = place.beforeTail;
    const { tail } = place;
    for (let at = 0; ; at++) {
      for (const answer of places.get(keyOf(hash)) ?? []) {
        const rest = continues(answer, tail, at);
        if (rest !== undefined) found.push({ answer, typed: tail.length - at, rest });
      }
      if (at >= tail.length) break;
      hash = extend(hash, tail.charAt(at));
    }
    for (const fit of found) this.#answers.get(fit.answer.requestId);
    return found.sort((x, y) => x.typed - y.typed || y.answer.order - x.answer.order);
  }

  #unlink(answer: Answer): void {
    const places = this.#bySuffix.get(answer.suffixKey);
    const here = places?.get(answer.prefixKey)?.filter((other) => other !== answer) ?? [];
    if (here.length > 0) places?.set(answer.prefixKey, here);
    else places?.delete(answer.prefixKey);
    if (places?.size === 0) this.#bySuffix.delete(answer.suffixKey);
  }
}

/** What `answer` says behind `tail` from `at` on; undefined where it says something else. */
function continues(answer: Answer, tail: string, at: number): string | undefined {
  const typed = tail.length - at;
  if (answer.text.length >= typed) {
    return answer.text.startsWith(at === 0 ? tail : tail.slice(at)) ? answer.text.slice(typed) : undefined;
  }
  return answer.state === 'streaming' && tail.startsWith(answer.text, at) ? '' : undefined;
}
