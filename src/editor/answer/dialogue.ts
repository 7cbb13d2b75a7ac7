import type { BlockView, TurnView } from '../../answer/protocol';
import type { Outcome } from '../../routing/outcome';
import type { Exchange } from '../../tasks/explain';
import type { Restore } from '../requests';

/** How a turn ended, and what brings its placeholders back. */
export interface Ended {
  readonly outcome: Outcome;
  readonly restore: Restore;
}

/** The questions and answers of one conversation, and how each came out; pure data, told of from outside. */
export class Dialogue {
  #turns: readonly TurnView[] = [];
  /** The last request of each turn that ended. */
  readonly #ended = new Map<number, Ended>();
  /** Those whose answer the turn is left with. */
  readonly #standing = new Map<number, Ended>();

  /** `firstTitle`: shown in place of a first question without words, such as that of an explanation. */
  constructor(private readonly firstTitle?: string) {}

  get turns(): readonly TurnView[] {
    return this.#turns;
  }

  get last(): number {
    return this.#turns.length - 1;
  }

  /** Adds a turn, and says which. */
  begin(question: string): number {
    const shown = question === '' ? (this.firstTitle ?? question) : question;
    this.#turns = [...this.#turns, { question: shown, blocks: [], canAskCloud: false }];
    return this.last;
  }

  /** Takes a turn's answers away, and the turns after it; false where there is no such turn. */
  restart(index: number): boolean {
    const turn = this.#turns[index];
    if (turn === undefined) return false;
    const fresh = { question: turn.question, blocks: [], canAskCloud: false };
    this.#turns = [...this.#turns.slice(0, index), fresh];
    this.#standing.delete(index);
    return true;
  }

  change(index: number, change: (turn: TurnView) => TurnView): void {
    this.#turns = this.#turns.map((turn, at) => (at === index ? change(turn) : turn));
  }

  end(index: number, ended: Ended): void {
    this.#ended.set(index, ended);
    const { redoOf, result } = ended.outcome;
    // Claude asked instead, and it came to nothing: what stood before still stands.
    if (redoOf === undefined || result.kind === 'answered') this.#standing.set(index, ended);
  }

  ended(index: number): Ended | undefined {
    return this.#ended.get(index);
  }

  standing(index: number): Ended | undefined {
    return this.#standing.get(index);
  }

  /** As asked of the model: a first question that only has a title has no words. */
  question(index: number): string {
    return this.firstTitle !== undefined && index === 0 ? '' : (this.#turns[index]?.question ?? '');
  }

  /** The block that is the turn's answer: of the track the outcome names, not merely the last one begun. */
  answer(index: number): BlockView | undefined {
    const result = this.#standing.get(index)?.outcome.result;
    if (result?.kind !== 'answered') return undefined;
    const whole =
      this.#turns[index]?.blocks.filter(({ status }) => status === 'done' || status === 'doubted') ?? [];
    return whole.findLast(({ track }) => track === result.track) ?? whole.at(-1);
  }

  /**
   * What was said before a turn. One that was stopped or failed has no answer to build on, and an empty one is no valid
   * turn for a model.
   */
  before(index: number): readonly Exchange[] {
    return this.#turns.slice(0, index).flatMap((_turn, at) => {
      const block = this.answer(at);
      if (block === undefined || block.text.trim() === '') return [];
      return [{ question: this.question(at), answer: block.text, fromCloud: block.track === 'cloud' }];
    });
  }

  /** The turn that a block belongs to; -1 where there is none. */
  turnOf(block: string): number {
    return this.#turns.findIndex(({ blocks }) => blocks.some(({ id }) => id === block));
  }

  textOf(block: string): string {
    return this.#turns.flatMap(({ blocks }) => blocks).find(({ id }) => id === block)?.text ?? '';
  }
}
