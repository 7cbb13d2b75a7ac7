import * as vscode from 'vscode';
import { CONTEXT_CHARS } from '../../tasks/call-options';
import { READY_INSTRUCTIONS } from '../../tasks/ready-instructions';
import type { RefactorSubject } from '../../tasks/refactor';
import type { Check } from '../../routing/checks/check';
import { closeTabsOf, tabShows } from '../close-tabs';
import { forUser } from '../failures';
import type { NoticeAction } from '../notify';
import { isReadOnly } from '../read-only';
import { setContext } from '../set-context';
import type { Outcome } from '../../routing/outcome';
import type { Surface } from '../surface';
import type { Severity } from '../window/message';
import { withProgress } from '../window/progress';
import { Question } from '../window/question';
import { typeWords } from '../window/type-words';
import { waitedOut } from '../window/wait-out';
import { pickInstruction } from './pick-instruction';
import { watchEditedAfterwards } from './edited-afterwards';
import type { LocalEditsOffer } from './local-edits-offer';
import type { ProposalDocuments } from './proposal-documents';
import { proposalWords } from './proposal-words';
import { Review, type Followed } from './review';
import { findTarget, linesWords, refactorWish, type FoundTarget, type Target } from './target';

/** Checks of a local refactor that need the document it goes into. */
export type RefactorChecks = (target: Target) => readonly Check[];

interface Current {
  readonly review: Review;
  readonly subject: RefactorSubject;
  /** What this was asked of Claude instead of; where Claude has nothing to propose, it comes back. */
  readonly insteadOf?: Current;
}

/** Refactor: an instruction, a streamed diff, and the user's word on it. One review at a time. */
export class RefactorSurface implements vscode.Disposable {
  #current: Current | undefined;
  /** What to do with the proposal, as long as it is open. */
  readonly #question = new Question();
  /** The last accepted proposal, for whether it is edited afterwards. */
  #watching: vscode.Disposable | undefined;
  /**
   * Who closes the diff by hand turns the proposal down, and stops what still streams. One that is over is closed by
   * this surface itself, and may still be asked for again.
   */
  readonly #tabs = vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
    const review = this.#current?.review;
    if (review === undefined || review.state.kind === 'over') return;
    if (closed.some((tab) => tabShows(tab, review.uri))) forUser('Reject', this.reject());
  });

  constructor(
    private readonly surface: Surface,
    private readonly documents: ProposalDocuments,
    private readonly checks: RefactorChecks,
    private readonly localEdits: Pick<LocalEditsOffer, 'make'>,
  ) {}

  /** From the palette, the menu or the lightbulb; `ready` is the id of a ready instruction. */
  async start(ready?: string): Promise<void> {
    const asked = await this.#instructed(READY_INSTRUCTIONS.find(({ id }) => id === ready)?.instruction);
    if (asked === undefined) return;
    const { target, subject } = asked;
    const answer = await this.localEdits.make(this.surface.forecast(refactorWish(target, subject))(''));
    if (answer === 'send') await this.#run(target, subject);
  }

  /** Shows what an instruction that the user chooses would send. */
  async preview(): Promise<void> {
    const asked = await this.#instructed();
    if (asked !== undefined) await this.#preview(asked.target, asked.subject);
  }

  async accept(): Promise<void> {
    const current = this.#current;
    if (current?.review.state.kind !== 'ready') return;
    const { outcome, text } = current.review.state;
    const result = await current.review.apply();
    switch (result.kind) {
      case 'applied':
        this.surface.feedback(outcome.requestId, 'accepted');
        this.#watching?.dispose();
        this.#watching = watchEditedAfterwards(current.review.target.document, text, () =>
          this.surface.feedback(outcome.requestId, 'edited'),
        );
        this.#current = undefined;
        await this.#close(current);
        return;
      case 'document-changed':
        this.#tell(
          'warning',
          'The document changed since the proposal was made, so nothing was overwritten.',
          { title: 'Refactor Again', command: 'switchyard.refactor.again' },
        );
        return;
      case 'refused-by-editor':
        this.#tell('error', 'VS Code could not apply the proposal; the file may be read-only.');
        return;
      case 'protected':
        this.#tell('warning', `Nothing was changed: this file ${result.why}.`);
        return;
      case 'not-ready':
    }
  }

  async reject(): Promise<void> {
    const current = this.#current;
    if (current === undefined) return;
    // First of all, since closing the diff below comes back here.
    this.#current = undefined;
    if (current.review.state.kind === 'ready')
      this.surface.feedback(current.review.state.outcome.requestId, 'rejected');
    current.review.end('rejected');
    await this.#close(current);
  }

  async refine(): Promise<void> {
    const current = this.#current;
    if (current?.review.state.kind !== 'ready') return;
    const { target, answer, attempt } = current.review;
    const fromCloud = attempt?.track === 'cloud';
    const refined = (wish: string): RefactorSubject => ({
      ...current.subject,
      refinements: [...current.subject.refinements, { proposal: answer, fromCloud, wish }],
    });
    const forecast = this.surface.forecast(refactorWish(target, refined('')));
    const wish = await typeWords({
      title: 'Refine the proposal',
      placeholder: 'What should be different?',
      below: (typed) => this.surface.forecastWords(forecast(typed)),
    });
    if (wish === undefined) return;
    this.surface.feedback(current.review.state.outcome.requestId, 'rejected');
    await this.#run(target, refined(wish));
  }

  /** The same instruction once more: on the same place of the document as it is now, or on the cloud. */
  async again(on?: 'cloud'): Promise<void> {
    const current = this.#current;
    if (current === undefined) return;
    const { target } = current.review;
    if (on === undefined) {
      const { document, range } = target;
      const fresh = this.#usable(findTarget(document, document.validateRange(range)));
      if (fresh !== undefined)
        await this.#run(fresh, { ...fresh.subject, instruction: current.subject.instruction });
      return;
    }
    await this.#run(target, current.subject, current);
  }

  dispose(): void {
    this.#tabs.dispose();
    this.#watching?.dispose();
    this.#current?.review.end('superseded');
  }

  /** What is selected, with an instruction: a ready one, or what the user chooses or types. */
  async #instructed(
    ready?: string,
  ): Promise<{ readonly target: Target; readonly subject: RefactorSubject } | undefined> {
    const editor = vscode.window.activeTextEditor;
    const target = this.#usable(
      editor === undefined
        ? { kind: 'unusable', message: 'Open a file to refactor first.' }
        : findTarget(editor.document, editor.selection),
    );
    if (target === undefined) return undefined;
    if (await isReadOnly(target.document)) {
      this.#tell('info', 'This file is read-only. It can be explained, and not changed.');
      return undefined;
    }
    const instruction = ready ?? (await this.#pickInstruction(target));
    return instruction === undefined ? undefined : { target, subject: { ...target.subject, instruction } };
  }

  #pickInstruction(target: Target): Promise<string | undefined> {
    const forecast = this.surface.forecast(refactorWish(target, target.subject));
    return pickInstruction(`Refactor ${linesWords(target)}`, (typed) =>
      this.surface.forecastWords(forecast(typed)),
    );
  }

  #usable(found: FoundTarget): Target | undefined {
    if (found.kind === 'target') return found.target;
    this.#tell('info', found.message);
    return undefined;
  }

  /** `insteadOf`: a proposal, or a failure to make one, that Claude is asked instead of. */
  async #run(target: Target, subject: RefactorSubject, insteadOf?: Current): Promise<void> {
    const earlier = this.#current;
    if (insteadOf?.review.state.kind !== 'ready') earlier?.review.end('superseded');
    const prepared = this.surface.prepare({
      ...refactorWish(target, subject),
      checks: this.checks(target),
      ...(insteadOf !== undefined && { override: 'cloud' as const, redoOf: insteadOf.review.ticketId }),
    });
    const expected = this.surface.forecastWords(this.surface.yard.forecast(prepared.request));
    const ticket = this.surface.track(this.surface.yard.submit(prepared.request));
    const review = new Review(target, this.documents, prepared.restore, ticket);
    const current: Current = { review, subject, ...(insteadOf !== undefined && { insteadOf }) };
    this.#current = current;
    if (earlier !== undefined) await this.#closeDiff(earlier);
    this.#setStage('streaming');
    await review.openDiff();
    const followed = await withProgress(`Refactoring. ${expected}`, (cancelled, report) => {
      cancelled.addEventListener('abort', () => review.cancel(), { once: true });
      return review.follow((rescue) =>
        report({ message: `${rescue.to.id} takes over (${this.surface.words.estimate(rescue)})` }),
      );
    });
    if (this.#current !== current) return;
    if (followed.kind === 'replacement') {
      insteadOf?.review.end('superseded');
      await this.#announce(current);
    } else {
      await this.#giveUp(current, followed);
      if (this.#current === current && insteadOf !== undefined) await this.#bringBack(insteadOf);
    }
  }

  /** Claude had nothing to propose, so what it was asked instead of stands again, and can be asked of it once more. */
  async #bringBack(earlier: Current): Promise<void> {
    this.#current = earlier;
    if (earlier.review.state.kind !== 'ready') return;
    await earlier.review.reopenDiff();
    if (this.#current === earlier) await this.#announce(earlier);
  }

  /** The proposal is whole: says where it ran and what it cost, and offers what can be done with it. */
  async #announce(current: Current): Promise<void> {
    const { state, attempt, target } = current.review;
    if (state.kind !== 'ready' || attempt === undefined) return;
    const cost = this.surface.words.cost(attempt);
    const offer =
      attempt.track === 'local' ? this.surface.cloudOffer(refactorWish(target, current.subject)) : undefined;
    this.#setStage('ready', offer !== undefined);
    const answered = await this.#question.ask(
      'info',
      [
        proposalWords(state.outcome, attempt, cost, state.foreignSecrets),
        ...(offer === undefined ? [] : [`Claude instead: ${offer}.`]),
      ].join(' '),
      'Accept',
      'Reject',
      'Refine…',
      ...(offer === undefined ? [] : (['Ask Claude Instead'] as const)),
    );
    if (answered.kind === 'too-late') this.#tell('info', 'This proposal was settled already.');
    if (answered.kind !== 'chosen' || this.#current !== current) return;
    switch (answered.button) {
      case 'Accept':
        return this.accept();
      case 'Reject':
        return this.reject();
      case 'Refine…':
        return this.refine();
      case 'Ask Claude Instead':
        return this.again('cloud');
    }
  }

  async #giveUp(current: Current, followed: Exclude<Followed, { kind: 'replacement' }>): Promise<void> {
    if (followed.kind === 'unusable') this.#tellUnusable(current, followed.reason);
    else {
      const notice = this.surface.noticeOf(followed.outcome);
      if (notice !== undefined)
        this.#tell(notice.severity, notice.text, ...this.#nextStep(current, followed.outcome, notice.action));
    }
    await this.#close(current);
  }

  /** What a local model could not do, Claude may; asked for the same again, it would say the same again. */
  #tellUnusable(current: Current, reason: keyof typeof UNUSABLE): void {
    const { attempt, target } = current.review;
    const offer =
      attempt?.track === 'local' ? this.surface.cloudOffer(refactorWish(target, current.subject)) : undefined;
    if (offer === undefined) this.#tell('warning', UNUSABLE[reason]);
    else
      this.#tell('warning', `${UNUSABLE[reason]} Claude instead: ${offer}.`, {
        title: 'Ask Claude Instead',
        command: 'switchyard.refactor.redo',
      });
  }

  /** "See What Was Blocked" and waiting are about this very request; all other steps are commands. */
  #nextStep(current: Current, outcome: Outcome, action?: { title: string; id: string }): NoticeAction[] {
    if (action === undefined) return [];
    const { title, id } = action;
    if (id === 'preview-prompt')
      return [{ title, run: () => this.#preview(current.review.target, current.subject) }];
    if (id === 'wait') return [{ title, run: () => this.#againLater(current, outcome) }];
    if (id === 'retry' && current.insteadOf !== undefined)
      return [{ title, command: 'switchyard.refactor.redo' }];
    return [{ title, command: 'switchyard.nextStep', arguments: [id] }];
  }

  async #againLater(current: Current, outcome: Outcome): Promise<void> {
    const { insteadOf } = current;
    if (!(await waitedOut(outcome)) || this.#current !== (insteadOf ?? current)) return;
    await this.again(insteadOf === undefined ? undefined : 'cloud');
  }

  #preview(target: Target, subject: RefactorSubject): Promise<void> {
    return this.surface.preview(refactorWish(target, subject).draft(CONTEXT_CHARS.refactor.cloud));
  }

  async #close(current: Current): Promise<void> {
    await this.#closeDiff(current);
    this.#setStage('none');
  }

  async #closeDiff({ review }: Current): Promise<void> {
    await this.#question.withdraw();
    await closeTabsOf(review.uri);
    this.documents.remove(review.uri);
  }

  /**
   * For the buttons: a proposal can be rejected from its first line, and accepted when it is whole. Claude is asked
   * instead of a local model, and only where it can be.
   */
  #setStage(stage: 'none' | 'streaming' | 'ready', claudeInstead = false): void {
    setContext('reviewing', stage !== 'none');
    setContext('proposalReady', stage === 'ready');
    setContext('claudeInstead', claudeInstead);
  }

  #tell(severity: Severity, message: string, ...actions: readonly NoticeAction[]): void {
    this.surface.reply({ severity, message, actions });
  }
}

const UNUSABLE = {
  'no-code': 'The model answered without code, so there is nothing to propose.',
  'cut-off': 'The answer was cut off before the code was complete, so there is nothing to propose.',
  unchanged: 'The model would leave the code as it is.',
  empty: 'The model would delete everything that was selected, so nothing is proposed.',
} as const;
