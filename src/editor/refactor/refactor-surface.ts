import * as vscode from 'vscode';
import { plainNotice } from '../../base/plain-notice';
import { READY_INSTRUCTIONS } from '../../tasks/ready-instructions';
import { refactorPrompt, type RefactorSubject } from '../../tasks/refactor';
import type { Check } from '../../routing/checks/check';
import { closeTabsOf, tabShows } from '../close-tabs';
import type { Wish } from '../requests';
import { readSource, wholeLines } from '../source-file';
import type { Surface } from '../surface';
import { pickInstruction } from './pick-instruction';
import { watchEditedAfterwards } from './edited-afterwards';
import type { ProposalDocuments } from './proposal-documents';
import { proposalWords } from './proposal-words';
import { Review, type Target } from './review';

/** A rewrite returns all it was given: what is longer costs more than it helps, in UTF-16 units (about 600 lines). */
const LARGEST_SELECTION = 24_000;

/** Checks of a local refactor that need the document it goes into. */
export type RefactorChecks = (target: Target) => readonly Check[];

interface Current {
  readonly review: Review;
  readonly subject: RefactorSubject;
}

/** Refactor: an instruction, a streamed diff, and the user's word on it. One review at a time. */
export class RefactorSurface implements vscode.Disposable {
  #current: Current | undefined;
  /** The last accepted proposal, for whether it is edited afterwards. */
  #watching: vscode.Disposable | undefined;
  /** Who closes the diff by hand turns the proposal down, and stops what still streams. */
  readonly #tabs = vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
    const uri = this.#current?.review.uri;
    if (uri !== undefined && closed.some((tab) => tabShows(tab, uri))) void this.reject();
  });

  constructor(
    private readonly surface: Surface,
    private readonly documents: ProposalDocuments,
    private readonly checks: RefactorChecks,
  ) {}

  /** From the palette, the menu or the lightbulb; `ready` is the id of a ready instruction. */
  async start(ready?: string): Promise<void> {
    const target = this.#target();
    if (target === undefined) return;
    const known = READY_INSTRUCTIONS.find(({ id }) => id === ready);
    const subject = this.#subject(target);
    const forecast = (instruction: string): string =>
      this.surface.forecastWords(this.surface.forecast(this.#wish({ ...subject, instruction }, target)));
    const lines = target.range.end.line - target.range.start.line + 1;
    const title = `Refactor ${String(lines)} ${lines === 1 ? 'line' : 'lines'}`;
    const instruction = known?.instruction ?? (await pickInstruction(title, forecast));
    if (instruction !== undefined) await this.#run(target, { ...subject, instruction });
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
          [{ title: 'Refactor Again', command: 'switchyard.refactor.again' }],
        );
        return;
      case 'refused-by-editor':
        this.#tell('error', 'VS Code could not apply the proposal; the file may be read-only.', []);
        return;
      case 'protected':
        this.#tell('warning', `Nothing was changed: this file ${result.why}.`, []);
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
    const wish = await vscode.window.showInputBox({
      title: 'Refine the proposal',
      prompt: 'What should be different?',
      ignoreFocusOut: true,
    });
    if (wish === undefined || wish.trim() === '') return;
    this.surface.feedback(current.review.state.outcome.requestId, 'rejected');
    const refinements = [
      ...current.subject.refinements,
      { proposal: current.review.answer, wish: wish.trim() },
    ];
    await this.#run(current.review.target, { ...current.subject, refinements });
  }

  /** The same instruction once more: on the same place of the document as it is now, or on the cloud. */
  async again(on?: 'cloud'): Promise<void> {
    const current = this.#current;
    if (current === undefined) return;
    const { target, state } = current.review;
    if (on === undefined) {
      const fresh = this.#targetIn(target.document, target.document.validateRange(target.range));
      if (fresh !== undefined)
        await this.#run(fresh, { ...this.#subject(fresh), instruction: current.subject.instruction });
      return;
    }
    const before = state.kind === 'ready' ? state.outcome.requestId : current.review.ticketId;
    this.surface.feedback(before, 'redone');
    await this.#run(target, current.subject, 'cloud', before);
  }

  dispose(): void {
    this.#tabs.dispose();
    this.#watching?.dispose();
    this.#current?.review.end('superseded');
  }

  async #run(target: Target, subject: RefactorSubject, override?: 'cloud', redoOf?: string): Promise<void> {
    const earlier = this.#current;
    earlier?.review.end('superseded');
    const prepared = this.surface.prepare({
      ...this.#wish(subject, target),
      checks: this.checks(target),
      ...(override !== undefined && { override }),
      ...(redoOf !== undefined && { redoOf }),
    });
    const review = Review.start(target, this.documents, prepared, (request) =>
      this.surface.track(this.surface.yard.submit(request)),
    );
    const current: Current = { review, subject };
    this.#current = current;
    if (earlier !== undefined) await this.#closeTab(earlier.review.uri);
    await this.#setStage('streaming');
    const name = target.document.uri.path.split('/').at(-1) ?? 'file';
    await review.openDiff(`${name} ↔ Proposal`);
    const result = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Window, title: 'Switchyard: refactoring' },
      () => review.follow(),
    );
    if (this.#current !== current) return;
    if (result.kind === 'replacement') await this.#announce(current);
    else
      await this.#giveUp(current, result.kind === 'unusable' ? UNUSABLE[result.reason] : undefined, result);
  }

  /** The proposal is whole: says where it ran and what it cost, and offers what can be done with it. */
  async #announce(current: Current): Promise<void> {
    const { state, attempt } = current.review;
    if (state.kind !== 'ready' || attempt === undefined) return;
    await this.#setStage('ready');
    const { outcome, foreignSecrets } = state;
    const message = plainNotice(
      proposalWords(outcome, attempt, this.surface.words.cost(attempt), foreignSecrets),
    );
    const redo = attempt.track === 'local' ? ['Ask Claude Instead'] : [];
    const chosen = await vscode.window.showInformationMessage(
      message,
      'Accept',
      'Reject',
      'Refine…',
      ...redo,
    );
    if (this.#current !== current) return;
    if (chosen === 'Accept') await this.accept();
    else if (chosen === 'Reject') await this.reject();
    else if (chosen === 'Refine…') await this.refine();
    else if (chosen === 'Ask Claude Instead') await this.again('cloud');
  }

  async #giveUp(
    current: Current,
    unusable: string | undefined,
    result: Exclude<Awaited<ReturnType<Review['follow']>>, { kind: 'replacement' }>,
  ): Promise<void> {
    const notice = result.kind === 'no-answer' ? this.surface.noticeOf(result.outcome) : undefined;
    if (unusable !== undefined) {
      this.#tell('warning', unusable, [{ title: 'Ask Claude Instead', command: 'switchyard.refactor.redo' }]);
    } else if (notice !== undefined) {
      const actions =
        notice.action === undefined
          ? []
          : [{ title: notice.action.title, command: 'switchyard.nextStep', arguments: [notice.action.id] }];
      this.#tell(notice.severity, notice.text, actions);
    }
    await this.#closeTab(current.review.uri);
    await this.#setStage('none');
  }

  #target(): Target | undefined {
    const editor = vscode.window.activeTextEditor;
    if (editor === undefined) {
      this.#tell('info', 'Open a file to refactor first.', []);
      return undefined;
    }
    return this.#targetIn(editor.document, editor.selection);
  }

  /** An empty selection means the whole file. */
  #targetIn(document: vscode.TextDocument, selection: vscode.Range): Target | undefined {
    const read = readSource(document);
    if (read.kind === 'unusable') {
      this.#tell('info', read.message, []);
      return undefined;
    }
    const last = document.lineAt(document.lineCount - 1);
    const range = selection.isEmpty
      ? new vscode.Range(0, 0, last.lineNumber, last.text.length)
      : wholeLines(document, selection);
    const [start, end] = [document.offsetAt(range.start), document.offsetAt(range.end)];
    if (document.getText(range).trim() === '') {
      this.#tell('info', 'There is no code here to refactor. Select some first.', []);
      return undefined;
    }
    if (end - start > LARGEST_SELECTION) {
      this.#tell('info', 'That is too much code for one refactor. Select the part that should change.', []);
      return undefined;
    }
    return { document, name: read.source.name, range, snapshot: read.source.text, start, end };
  }

  #subject(target: Target): RefactorSubject {
    const read = readSource(target.document);
    if (read.kind === 'unusable') throw new Error(read.message);
    return {
      selection: { source: { ...read.source, text: target.snapshot }, start: target.start, end: target.end },
      instruction: '',
      refinements: [],
    };
  }

  #wish(subject: RefactorSubject, target: Target): Wish {
    return {
      task: 'refactor',
      languageId: target.document.languageId,
      instruction: [subject.instruction, ...subject.refinements.map(({ wish }) => wish)].join('\n'),
      code: target.snapshot.slice(target.start, target.end),
      files: 1,
      draft: (contextChars) => refactorPrompt(subject, contextChars),
    };
  }

  async #close(current: Current): Promise<void> {
    await this.#closeTab(current.review.uri);
    await this.#setStage('none');
  }

  async #closeTab(uri: vscode.Uri): Promise<void> {
    await closeTabsOf(uri);
    this.documents.remove(uri);
  }

  /** For the buttons: a proposal can be rejected from its first line, and accepted when it is whole. */
  async #setStage(stage: 'none' | 'streaming' | 'ready'): Promise<void> {
    await vscode.commands.executeCommand('setContext', 'switchyard.reviewing', stage !== 'none');
    await vscode.commands.executeCommand('setContext', 'switchyard.proposalReady', stage === 'ready');
  }

  #tell(
    severity: 'info' | 'warning' | 'error',
    message: string,
    actions: readonly { title: string; command: string }[],
  ): void {
    this.surface.reply({ severity, message, actions });
  }
}

const UNUSABLE = {
  'no-code': 'The model answered without code, so there is nothing to propose.',
  'cut-off': 'The answer was cut off before the code was complete, so there is nothing to propose.',
  unchanged: 'The model would leave the code as it is.',
  empty: 'The model would delete everything that was selected, so nothing is proposed.',
} as const;
