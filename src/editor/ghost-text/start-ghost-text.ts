import { effect, state, subscribe, type Store } from 'callbag-recharge';
import * as vscode from 'vscode';
import { systemClock } from '../../base/clock';
import { createCompletionEngine, type CompletionEngine } from '../../completion/engine';
import type { CompletionFigures } from '../../dashboard/protocol';
import type { FileRules } from '../../privacy/files/file-rules';
import { settingsMatcher } from '../../privacy/files/settings-globs';
import type { Policy } from '../../routing/policy';
import type { Yard } from '../../routing/yard';
import type { CloudGate } from '../requests';
import type { Notifier } from '../notify';
import type { Settings } from '../settings/settings';
import { setContext } from '../set-context';
import { fileRefOf } from '../source-file';
import type { Switches } from '../switches';
import { nameOf } from '../workspace-names';
import { CompletionBooks } from './completion-books';
import { completionFigures, completionLine } from './completion-figures';
import { CompletionTroubles } from './completion-troubles';
import { DocumentFeed, documentId } from './document-feed';
import { ACCEPTED_COMMAND, GhostText } from './ghost-text';
import { feedProject } from './project-feed';
import { WhereCompletions } from './where-completions';
import { YardModel, type YardModelParts } from './yard-model';

export interface GhostTextSources {
  readonly yard: Yard;
  readonly gate: CloudGate;
  readonly settings: Store<Settings>;
  readonly policy: Store<Policy>;
  readonly switches: Switches;
  readonly rules: FileRules;
  /** True while the one local model is busy with an answer; ghost text then does without it. */
  readonly modelBusy: Store<boolean>;
  readonly notifier: Notifier;
  readonly log: Pick<vscode.LogOutputChannel, 'warn'>;
}

/** Ghost text as the rest of the extension sees it. */
export interface GhostTextHandle extends vscode.Disposable {
  /** How completions do, in one line; undefined before the first. */
  readonly line: Store<string | undefined>;
  /** Why completions fail and will go on failing, in a sentence; undefined while they work. */
  readonly trouble: Store<string | undefined>;
  figures(): CompletionFigures;
}

/** Starts ghost text: the engine, what feeds it, what shows it, and what its events mean for the books. */
export function startGhostText(sources: GhostTextSources): GhostTextHandle {
  const { yard, gate, rules, settings } = sources;
  const model = new YardModel({ yard, gate, documentOf });
  const where = whereCompletions(sources);
  const engine = createCompletionEngine({
    clock: systemClock,
    mayAskWhileTyping: (id) => mayAskWhileTyping(where, id),
  });
  const ghostText = new GhostText({ engine, where });
  const warn = (line: string): void => sources.log.warn(line);
  const books = new CompletionBooks(
    yard,
    (id) => model.yardId(id),
    () => systemClock.now(),
  );
  const line = state<string | undefined>(undefined, { name: 'completions' });
  const troubles = new CompletionTroubles(sources.notifier);
  const outcomes = subscribe(yard.outcomes, (outcome) => {
    if (outcome !== undefined) troubles.enter(outcome);
  });
  const stops = [
    () => outcomes.unsubscribe(),
    engine.onEvent((event) => {
      books.enter(event);
      line.set(completionLine(engine.stats()));
    }),
    engine.onRefresh((id) => ghostText.more(id)),
    effect([settings], () => {
      engine.setInstant(settings.get().completions.instant);
    }),
    ...followModel(engine, model, troubles, sources),
  ];
  const parts = vscode.Disposable.from(
    vscode.languages.registerInlineCompletionItemProvider({ pattern: '**' }, ghostText),
    vscode.commands.registerCommand(ACCEPTED_COMMAND, () => setContext('accepted', true)),
    new DocumentFeed({ engine, rules, settings, wanted: (document) => where.wants(document) }),
    feedProject(engine, rules, settings, warn),
  );
  return Object.assign(
    new vscode.Disposable(() => {
      for (const stop of stops) stop();
      parts.dispose();
      ghostText.dispose();
      engine.dispose();
    }),
    { line, trouble: troubles.current, figures: () => completionFigures(engine.stats()) },
  );
}

/** The engine's model is whatever the policy names now; answers of another model are no answers of this one. */
function followModel(
  engine: CompletionEngine,
  model: YardModel,
  troubles: CompletionTroubles,
  { policy, modelBusy }: GhostTextSources,
): (() => void)[] {
  let known: string | undefined;
  return [
    effect([policy], () => {
      const { models, tracks, completionsMayUseCloud } = policy.get();
      const cloud = tracks.complete === 'cloud' && completionsMayUseCloud ? models.cloudSmall : undefined;
      const id = (cloud ?? models.complete)?.id;
      if (id === known) return;
      known = id;
      troubles.clear();
      engine.setModel(id === undefined ? undefined : model);
    }),
    effect([modelBusy], () => {
      engine.setPaused(modelBusy.get());
    }),
  ];
}

const whereCompletions = ({ settings, switches }: GhostTextSources): WhereCompletions =>
  new WhereCompletions(
    () => settings.get(),
    () => switches.snoozedUntil.get() !== undefined,
    (globs) => {
      const matches = settingsMatcher(globs, undefined);
      return (path) => matches(`/${path}`, path);
    },
  );

/** Where completions are off, snoozed or not wanted for the language, typing sends nothing to any model. */
function mayAskWhileTyping(where: WhereCompletions, id: string): boolean {
  const document = vscode.window.activeTextEditor?.document;
  return (
    document !== undefined && documentId(document) === id && where.refusal(document, false) === undefined
  );
}

function documentOf(path: string): ReturnType<YardModelParts['documentOf']> {
  const named = vscode.workspace.textDocuments.filter((open) => nameOf(open.uri) === path);
  const [only] = named;
  return only === undefined || named.length > 1
    ? undefined
    : { file: fileRefOf(only.uri), text: only.getText() };
}
