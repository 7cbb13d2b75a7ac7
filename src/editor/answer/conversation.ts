import * as vscode from 'vscode';
import type { AnswerView, FromAnswerPage } from '../../answer/protocol';
import { reduceTurn, type TurnWords } from '../../answer/reduce-turn';
import type { Draft } from '../../privacy/draft';
import type { Outcome, Verdict } from '../../routing/outcome';
import type { Ticket, Yard } from '../../routing/yard';
import { CONTEXT_CHARS } from '../../tasks/call-options';
import type { Exchange } from '../../tasks/explain';
import { forUser } from '../failures';
import type { PreparedRequest, Restore, Wish } from '../requests';
import { waitedOut } from '../window/wait-out';
import type { AnswerPanel } from './answer-panel';
import { Dialogue, type Ended } from './dialogue';

/** What a conversation is about; the same for its first question and every follow-up. */
export interface Topic {
  readonly task: 'explain' | 'ask';
  readonly title: string;
  readonly languageId: string;
  readonly code: string;
  readonly files: number;
  draft(question: string, history: readonly Exchange[], contextChars: number): Draft;
}

export interface ConversationParts {
  readonly yard: Pick<Yard, 'submit'>;
  readonly panel: AnswerPanel;
  readonly prepare: (wish: Wish) => PreparedRequest;
  readonly words: TurnWords;
  /** What asking the cloud would cost, in words; undefined where the cloud cannot be asked now. */
  readonly cloudOffer: (wish: Wish) => string | undefined;
  /** Where another question would go and what it would take, in words. */
  readonly followUpEstimate: (wish: Wish) => string;
  readonly preview: (draft: Draft) => Promise<void>;
  readonly demo: () => boolean;
  /** Things the conversation does not do itself. */
  readonly open: (path: string, line: number | undefined) => void;
  readonly reviewEdits: (answer: string, restore: Restore, requestId: string) => void;
  readonly countEditFiles: (answer: string) => number;
  /** Paths an answer may link to. */
  readonly links: readonly string[];
  readonly feedback: (requestId: string, verdict: Verdict) => void;
}

interface Running {
  readonly ticket: Ticket;
  readonly turn: number;
  /** Blocks of the turn that earlier requests wrote. */
  readonly blocksBefore: number;
}

/** Questions and answers about one topic, in one panel. Turns are shown as they grow; each turn is one request or two. */
export class Conversation implements vscode.Disposable {
  readonly #dialogue: Dialogue;
  #running: Running | undefined;
  /** Where a follow-up question would go and what it would take; known once there is an answer to follow up. */
  #followUp: string | undefined;
  /** Requests whose answer was copied. */
  readonly #copied = new Set<string>();
  readonly #listening: vscode.Disposable[];

  constructor(
    private readonly topic: Topic,
    private readonly parts: ConversationParts,
  ) {
    this.#dialogue = topic.task === 'explain' ? new Dialogue(topic.title) : new Dialogue();
    this.#listening = [
      parts.panel.onMessage((message) => this.#receive(message)),
      parts.panel.onClose(() => this.dispose()),
    ];
  }

  /** Asks; an empty question asks for the first explanation. Resolves when the turn is over. */
  async ask(question: string): Promise<void> {
    if (this.#running === undefined) await this.#run(this.#dialogue.begin(question));
  }

  get running(): boolean {
    return this.#running !== undefined;
  }

  /** Stops what is being written. Where this request has a whole answer already, stopping the second one keeps the first. */
  stop(): void {
    const running = this.#running;
    if (running === undefined) return;
    const blocks = this.#dialogue.turns[running.turn]?.blocks.slice(running.blocksBefore) ?? [];
    if (blocks.some(({ status }) => status === 'doubted' || status === 'done')) running.ticket.enough();
    else running.ticket.cancel();
  }

  dispose(): void {
    this.#running?.ticket.cancel();
    for (const listener of this.#listening) listener.dispose();
  }

  async #run(index: number, cloudInsteadOf?: string): Promise<void> {
    const wish = {
      ...this.#wish(index),
      ...(cloudInsteadOf !== undefined && { override: 'cloud' as const, redoOf: cloudInsteadOf }),
    };
    const { request, restore } = this.parts.prepare(wish);
    this.#dialogue.change(index, (turn) => ({ ...turn, requestId: request.id, canAskCloud: false }));
    const ticket = this.parts.yard.submit(request);
    const blocksBefore = this.#dialogue.turns[index]?.blocks.length ?? 0;
    this.#running = { ticket, turn: index, blocksBefore };
    this.#show();
    try {
      await this.#follow(index, ticket);
      const outcome = await ticket.outcome;
      this.#running = undefined;
      this.#dialogue.end(index, { outcome, restore });
      this.#finish(index, wish, outcome);
    } finally {
      // Whatever went wrong in drawing: nothing goes on unseen, and the view must take the next question.
      ticket.cancel();
      this.#running = undefined;
    }
  }

  async #follow(index: number, ticket: Ticket): Promise<void> {
    for await (const event of ticket.events) {
      this.#dialogue.change(index, (turn) => reduceTurn(turn, event, this.parts.words));
      const block = this.#dialogue.turns[index]?.blocks.at(-1);
      if (event.type === 'text' && block !== undefined)
        this.parts.panel.append(block.id, event.text, this.#view());
      else this.#show();
    }
  }

  #finish(index: number, wish: Wish, outcome: Outcome): void {
    const onCloud = outcome.result.kind === 'answered' && outcome.result.track === 'cloud';
    const offer = onCloud ? undefined : this.parts.cloudOffer(wish);
    const editFiles = this.parts.countEditFiles(this.#answerOf(index));
    this.#dialogue.change(index, ({ editFiles: _earlier, ...turn }) => ({
      ...turn,
      canAskCloud: offer !== undefined,
      ...(offer !== undefined && { cloudEstimate: offer }),
      ...(editFiles > 0 && { editFiles }),
    }));
    this.#followUp = this.parts.followUpEstimate(this.#wish(this.#dialogue.turns.length));
    this.#show();
  }

  /** What a turn asks for, after all that was said before it. */
  #wish(index: number): Wish {
    const { task, languageId, code, files } = this.topic;
    const question = this.#dialogue.question(index);
    const before = this.#dialogue.before(index);
    return {
      task,
      languageId,
      instruction: question,
      code,
      files,
      draft: (contextChars) => this.topic.draft(question, before, contextChars),
    };
  }

  #receive(message: FromAnswerPage): void {
    switch (message.type) {
      case 'ready':
        return;
      case 'ask':
        forUser('Ask', this.ask(message.question.trim()));
        return;
      case 'stop':
        this.stop();
        return;
      case 'ask-cloud':
        forUser('Ask Claude Instead', this.#askCloudInstead(message.turn));
        return;
      case 'copy':
        this.#copyAnswer(message.block);
        return;
      case 'copy-code':
        forUser('Copy', vscode.env.clipboard.writeText(message.text));
        return;
      case 'open':
        this.parts.open(message.path, message.line);
        return;
      case 'review-edits': {
        const done = this.#dialogue.standing(message.turn);
        if (done !== undefined) {
          this.parts.reviewEdits(this.#answerOf(message.turn), done.restore, done.outcome.requestId);
        }
        return;
      }
      case 'why': {
        const done = this.#dialogue.ended(message.turn);
        forUser('Why', vscode.commands.executeCommand('switchyard.why', done?.outcome.requestId));
        return;
      }
      case 'notice':
        forUser('Next step', this.#nextStep(message.action));
    }
  }

  /** What the button of a notice does: asking again happens here, everything else is a command. */
  async #nextStep(step: string): Promise<void> {
    const { last } = this.#dialogue;
    if (step === 'retry') await this.#again(last);
    else if (step === 'wait') await this.#againLater(last);
    else if (step === 'ask-cloud') await this.#askCloudInstead(last);
    else if (step === 'preview-prompt') await this.parts.preview(this.#cloudDraft(last));
    else await vscode.commands.executeCommand('switchyard.nextStep', step);
  }

  /** What the turn would have sent to a cloud. */
  #cloudDraft(index: number): Draft {
    return this.#wish(index).draft(CONTEXT_CHARS[this.topic.task].cloud);
  }

  async #againLater(index: number): Promise<void> {
    const done = this.#dialogue.ended(index);
    if (done === undefined || !(await waitedOut(done.outcome))) return;
    // Another question may have been asked meanwhile, or this one again.
    if (this.#dialogue.ended(index) === done && index === this.#dialogue.last) await this.#again(index);
  }

  async #again(index: number): Promise<void> {
    if (this.#running !== undefined) return;
    const standing = this.#dialogue.standing(index);
    // What came to nothing was Claude asked instead of an answer, which is not taken away for it.
    if (standing !== undefined && standing !== this.#dialogue.ended(index)) await this.#redo(index, standing);
    else if (this.#dialogue.restart(index)) await this.#run(index);
  }

  async #askCloudInstead(index: number): Promise<void> {
    const standing = this.#dialogue.standing(index);
    const turn = this.#dialogue.turns[index];
    if (this.#running !== undefined || standing === undefined || turn?.canAskCloud !== true) return;
    await this.#redo(index, standing);
  }

  async #redo(index: number, { outcome }: Ended): Promise<void> {
    this.#dialogue.change(index, (before) => {
      const { notice: _notice, ...rest } = before;
      return rest;
    });
    await this.#run(index, outcome.requestId);
  }

  #answerOf(index: number): string {
    return this.#dialogue.answer(index)?.text ?? '';
  }

  /** Copying an answer is the clearest sign that it was of use; it counts once. */
  #copyAnswer(id: string): void {
    const turn = this.#dialogue.turnOf(id);
    const requestId = this.#dialogue.standing(turn)?.outcome.requestId;
    if (requestId !== undefined && this.#dialogue.answer(turn)?.id === id && !this.#copied.has(requestId)) {
      this.#copied.add(requestId);
      this.parts.feedback(requestId, 'accepted');
    }
    forUser('Copy', vscode.env.clipboard.writeText(this.#dialogue.textOf(id)));
  }

  #view(): AnswerView {
    return {
      title: this.topic.title,
      demo: this.parts.demo(),
      turns: this.#dialogue.turns,
      canAsk: this.#running === undefined,
      ...(this.#followUp !== undefined && { followUp: this.#followUp }),
      links: this.parts.links,
    };
  }

  #show(): void {
    this.parts.panel.show(this.#view());
  }
}
