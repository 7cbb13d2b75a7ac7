import { randomUUID } from 'node:crypto';
import { state, type Store } from 'callbag-recharge';
import * as vscode from 'vscode';
import { systemClock } from '../../base/clock';
import { createCompletionEngine, type CompletionEngine } from '../../completion/engine';
import type { CompletionEvent } from '../../completion/types';
import type { CompletionFigures } from '../../dashboard/protocol';
import { settingsMatcher } from '../../privacy/files/settings-globs';
import type { Yard } from '../../routing/yard';
import type { CloudGate } from '../requests';
import type { Settings } from '../settings/settings';
import { fileRefOf } from '../source-file';
import type { Switches } from '../switches';
import { documentPath, feedDocuments } from './document-feed';
import { Figures } from './figures';
import { ACCEPTED_COMMAND, GhostText } from './ghost-text';
import { WhereCompletions } from './where-completions';
import { YardModel } from './yard-model';

export interface GhostTextSources {
  readonly yard: Yard;
  readonly gate: CloudGate;
  readonly settings: Store<Settings>;
  readonly switches: Switches;
}

export interface GhostTextHandle extends vscode.Disposable {
  /** How completions do, in one line; undefined before the first. */
  readonly line: Store<string | undefined>;
  figures(): CompletionFigures;
  readonly engine: CompletionEngine;
}

/** Starts ghost text: the engine, what feeds it, what shows it, and what its events mean for the books. */
export function startGhostText({ yard, gate, settings, switches }: GhostTextSources): GhostTextHandle {
  const model = new YardModel({ yard, gate, fileOf });
  const engine = createCompletionEngine({ clock: systemClock, model });
  const where = new WhereCompletions(
    () => settings.get(),
    () => switches.snoozedUntil.get() !== undefined,
    (globs) => {
      const matches = settingsMatcher(globs, undefined);
      return (path) => matches(`/${path}`, path);
    },
  );
  const figures = new Figures();
  const line = state<string | undefined>(undefined, { name: 'completions' });
  /** Suggestions on screen that came from the workspace alone, by the request they are written down as. */
  const instant = new Map<string, string>();
  const stopEvents = engine.onEvent((event) => {
    figures.count(event);
    line.set(figures.line());
    tellYard(event, yard, model, instant);
  });
  const stopRefresh = engine.onRefresh((documentId) => {
    const editor = vscode.window.activeTextEditor;
    // Stable VS Code has no way for a provider to say "ask again"; this command does just that.
    if (editor?.document.uri.toString() === documentId)
      void vscode.commands.executeCommand('editor.action.inlineSuggest.trigger');
  });
  const parts = vscode.Disposable.from(
    vscode.languages.registerInlineCompletionItemProvider(
      { pattern: '**' },
      new GhostText({ engine, where }),
    ),
    vscode.commands.registerCommand(ACCEPTED_COMMAND, (id: unknown) => {
      id;
      void vscode.commands.executeCommand('setContext', 'switchyard.accepted', true);
    }),
    feedDocuments(engine, (document) => where.wants(document)),
  );
  return {
    engine,
    line,
    figures: () => figures.view(),
    dispose() {
      stopEvents();
      stopRefresh();
      parts.dispose();
      engine.dispose();
    },
  };
}

const fileOf = (path: string): ReturnType<typeof fileRefOf> | undefined => {
  const document = vscode.workspace.textDocuments.find((open) => documentPath(open) === path);
  return document === undefined ? undefined : fileRefOf(document.uri);
};

const INSTANT_FEATURES = {
  instruction: '',
  promptText: '',
  promptTokens: 0,
  codeLines: 0,
  files: 1,
  outsideNames: 0,
} as const;

/** Model requests are written down by the yard itself; what is left are instant answers, and the user's verdicts. */
function tellYard(event: CompletionEvent, yard: Yard, model: YardModel, instant: Map<string, string>): void {
  if (event.type === 'shown' && event.track === 'instant') {
    const id = randomUUID();
    instant.set(event.suggestionId, id);
    const options = { maxOutputTokens: 0, deadline: { firstTokenMs: 0, idleMs: 0, totalMs: 0 } };
    yard.submit({
      id,
      task: 'complete',
      features: { ...INSTANT_FEATURES, languageId: event.languageId },
      prompts: {
        local: () => ({ kind: 'infill', prompt: { context: [], path: '', prefix: '', suffix: '' } }),
        cloud: () =>
          Promise.resolve({ ok: false, rule: 'settings-excluded', report: { redactions: {}, blocked: [] } }),
      },
      options: { local: options, cloud: options },
      instant: { text: '', confidence: 1 },
    });
  }
  if (event.type !== 'verdict') return;
  const requestId =
    instant.get(event.suggestionId) ??
    (event.requestId === undefined ? undefined : model.yardId(event.requestId));
  instant.delete(event.suggestionId);
  if (requestId === undefined) return;
  // What the user typed by hand was right, but it saved them nothing: no verdict either way.
  if (event.verdict === 'typed') return;
  yard.feedback({ requestId, verdict: event.verdict, at: Date.now() });
}
