import * as vscode from 'vscode';
import type { Attempt, Outcome } from '../../routing/outcome';
import type { Ticket, TicketEvent } from '../../routing/yard';
import { refuseChange } from '../../tasks/edits/refuse-change';
import { REFUSAL_WORDS } from '../../tasks/edits/refusal-words';
import { partialProposal } from '../../tasks/partial-proposal';
import { readRefactor, type RefactorAnswer } from '../../tasks/read-refactor';
import type { Restore } from '../requests';
import { fileRefOf } from '../source-file';
import type { ProposalDocuments } from './proposal-documents';
import type { Target } from './target';

/** How a review stands; each state allows just its own actions. */
export type ReviewState =
  | { readonly kind: 'streaming'; readonly ticket: Ticket }
  /** `foreignSecrets`: placeholders left in, since their secrets came from other files. */
  | {
      readonly kind: 'ready';
      readonly text: string;
      readonly outcome: Outcome;
      readonly foreignSecrets: number;
    }
  | { readonly kind: 'over'; readonly how: 'accepted' | 'rejected' | 'stopped' | 'unusable' | 'superseded' };

export type Applied =
  | { readonly kind: 'applied' | 'document-changed' | 'refused-by-editor' | 'not-ready' }
  /** A model may not change this: settings, tasks, hooks, commands, or in a way that hides itself. */
  | { readonly kind: 'protected'; readonly why: string };

/** What came of a request: code to propose, an answer that holds none, or no answer. */
export type Followed = RefactorAnswer | { readonly kind: 'no-answer'; readonly outcome: Outcome };

export type Rescue = Extract<TicketEvent, { type: 'rescue' }>;

/** The diff is redrawn at most this often while text streams in, in ms: readable, and cheap. */
const REDRAW_MS = 120;

interface Draft {
  text: string;
  attempt: Attempt | undefined;
}

const isWhole = ({ end }: Attempt): boolean => end.kind === 'answered' || end.kind === 'doubted';

/** One proposal: streamed into a diff, then accepted, rejected or refined. */
export class Review {
  #state: ReviewState;
  /** What each attempt wrote; an escalation that fails must not take the local answer with it. */
  readonly #drafts: Draft[] = [];
  #chosen: Draft | undefined;
  #redraw: ReturnType<typeof setTimeout> | undefined;
  readonly uri: vscode.Uri;
  /** The id of its request. */
  readonly ticketId: string;

  constructor(
    readonly target: Target,
    private readonly documents: ProposalDocuments,
    private readonly restore: Restore,
    ticket: Ticket,
  ) {
    this.ticketId = ticket.id;
    this.uri = documents.create(ticket.id, target.document.uri, target.snapshot);
    this.#state = { kind: 'streaming', ticket };
  }

  get state(): ReviewState {
    return this.#state;
  }

  get original(): string {
    return this.target.snapshot.slice(this.target.start, this.target.end);
  }

  /** The attempt whose text is proposed; undefined before the first one ended. */
  get attempt(): Attempt | undefined {
    return this.#draft?.attempt;
  }

  /** The answer as the model wrote it, placeholders included: what a refinement sends back. */
  get answer(): string {
    return this.#draft?.text ?? '';
  }

  async openDiff(): Promise<void> {
    const name = this.target.document.uri.path.split('/').at(-1) ?? 'file';
    const title = `${name} ↔ Proposal`;
    await vscode.commands.executeCommand('vscode.diff', this.target.document.uri, this.uri, title, {
      preview: true,
      // Where the change will be, and not at the top of a long file.
      selection: this.target.range.with({ end: this.target.range.start }),
    } satisfies vscode.TextDocumentShowOptions);
  }

  /** Shows a whole proposal again whose diff was closed for another one. */
  async reopenDiff(): Promise<void> {
    if (this.#state.kind !== 'ready') return;
    this.documents.update(this.uri, this.#with(this.#state.text));
    await this.openDiff();
  }

  /**
   * Follows the request to its end and reads the answer; resolves with it, or with why there is none. `onRescue`: told
   * when another model takes over.
   */
  async follow(onRescue: (rescue: Rescue) => void): Promise<Followed> {
    if (this.#state.kind !== 'streaming') throw new Error('a review is followed once');
    const { ticket } = this.#state;
    for await (const event of ticket.events) {
      const draft = this.#drafts.at(-1);
      if (event.type === 'rescue') onRescue(event);
      else if (event.type === 'attempt' && event.role !== 'sample')
        this.#drafts.push({ text: '', attempt: undefined });
      else if (event.type === 'text' && draft !== undefined) {
        draft.text += event.text;
        this.#scheduleRedraw();
      } else if (event.type === 'attempt-ended' && event.attempt.role !== 'sample' && draft !== undefined) {
        draft.attempt = event.attempt;
      }
    }
    const outcome = await ticket.outcome;
    this.#cancelRedraw();
    if (outcome.result.kind !== 'answered') {
      this.#end(outcome.result.kind === 'cancelled' ? 'stopped' : 'unusable');
      return { kind: 'no-answer', outcome };
    }
    const { track } = outcome.result;
    this.#chosen = this.#drafts.findLast(({ attempt }) => attempt?.track === track && isWhole(attempt));
    const restored = this.#restored();
    const read = readRefactor(restored.text, this.original);
    if (read.kind === 'unusable') {
      this.#end('unusable');
      return read;
    }
    this.#state = { kind: 'ready', text: read.text, outcome, foreignSecrets: restored.left };
    this.documents.update(this.uri, this.#with(read.text));
    return read;
  }

  /** Puts the proposal into the document, as one undoable step; not if the document is no longer what was read. */
  async apply(): Promise<Applied> {
    if (this.#state.kind !== 'ready') return { kind: 'not-ready' };
    const { document, range, snapshot } = this.target;
    const current = await vscode.workspace.openTextDocument(document.uri);
    if (current.getText() !== snapshot) return { kind: 'document-changed' };
    const refused = refuseChange(this.target.name, snapshot, this.#with(this.#state.text));
    if (refused !== undefined) return { kind: 'protected', why: REFUSAL_WORDS[refused] };
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, range, this.#state.text);
    if (!(await vscode.workspace.applyEdit(edit))) return { kind: 'refused-by-editor' };
    this.#end('accepted');
    return { kind: 'applied' };
  }

  /** Stops the request at the server; `follow` then ends without an answer. */
  cancel(): void {
    if (this.#state.kind === 'streaming') this.#state.ticket.cancel();
  }

  /** Ends the review without applying; a running request is stopped at the server. */
  end(how: 'rejected' | 'superseded'): void {
    this.cancel();
    if (this.#state.kind !== 'over') this.#end(how);
  }

  /** The answer with the file's own secrets back in it, for this file only. */
  #restored(): ReturnType<Restore> {
    return this.restore(this.answer, fileRefOf(this.target.document.uri));
  }

  /** The draft that counts: the answer, or while it streams the one being written. */
  get #draft(): Draft | undefined {
    return this.#chosen ?? this.#drafts.at(-1);
  }

  #end(how: Extract<ReviewState, { kind: 'over' }>['how']): void {
    this.#cancelRedraw();
    this.#state = { kind: 'over', how };
  }

  #with(text: string): string {
    const { snapshot, start, end } = this.target;
    return snapshot.slice(0, start) + text + snapshot.slice(end);
  }

  #scheduleRedraw(): void {
    this.#redraw ??= setTimeout(() => {
      this.#redraw = undefined;
      const { snapshot, start, end } = this.target;
      this.documents.update(this.uri, partialProposal(snapshot, start, end, this.#restored().text));
    }, REDRAW_MS);
  }

  #cancelRedraw(): void {
    clearTimeout(this.#redraw);
    this.#redraw = undefined;
  }
}
