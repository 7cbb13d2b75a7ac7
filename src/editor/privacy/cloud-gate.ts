import * as vscode from 'vscode';
import type { Draft } from '../../privacy/draft';
import type { FileRules } from '../../privacy/files/file-rules';
import { createGate, type Gate } from '../../privacy/gate';
import { explainRule } from '../../privacy/preview';
import { createPlaceholders } from '../../privacy/placeholders';
import type { BlockRule } from '../../privacy/report';
import { closeTabsOf } from '../close-tabs';
import type { CloudGate, Restore } from '../requests';
import type { Settings } from '../settings/settings';
import type { InfoDocuments } from '../info-documents';
import { icon, pick } from '../window/pick';

const PREVIEW_TITLE = 'What would be sent.txt';

export interface CloudGateParts {
  readonly rules: FileRules;
  readonly settings: () => Settings;
  readonly documents: InfoDocuments;
}

export interface EditorGate extends CloudGate {
  /** Shows exactly what this draft would send, without sending it. */
  preview(draft: Draft): Promise<void>;
}

/** The privacy gate with this window behind it: its switches, and a preview where the user wants one. */
export function editorGate({ rules, settings, documents }: CloudGateParts): EditorGate {
  const placeholders = createPlaceholders();
  const mayLeave = (): BlockRule | undefined => forbidden(settings());
  const gate = createGate({
    files: rules,
    placeholders,
    mayLeave,
    confirm: (render) =>
      settings().privacy.alwaysPreview ? askAt(documents, render) : Promise.resolve(true),
  });
  return {
    async prepare(draft) {
      const gated = await gate.prepare(draft);
      const restore: Restore = gated.ok ? (text, file) => gated.restorer.intoFile(text, file) : keep;
      return { ...gated, restore };
    },
    preview: (draft) => showPreview(draft, rules, documents, placeholders),
  };
}

const keep: Restore = (text) => ({ text, left: 0 });

/** What now forbids any cloud, whoever asks. Trust and policy are read here, where no workspace setting reaches. */
function forbidden(settings: Settings): BlockRule | undefined {
  if (settings.policy.cloudForbidden) return 'organisation-policy';
  if (!vscode.workspace.isTrusted) return 'restricted-mode';
  if (settings.policy.offline) return 'offline';
  return undefined;
}

/** Shows what would be sent and waits for the user; turning away means no. */
async function askAt(documents: InfoDocuments, render: () => string): Promise<boolean> {
  const uri = await documents.open(PREVIEW_TITLE, render());
  const chosen = await pick(
    [
      { label: 'Send this', ...icon('cloud-upload'), send: true },
      { label: 'Do not send', ...icon('close'), send: false },
    ],
    {
      title: 'Send this to the cloud?',
      placeHolder: 'The document beside shows it word for word',
      ignoreFocusOut: true,
    },
  );
  await closeTabsOf(uri);
  return chosen?.send === true;
}

/** A dry run through the same gate. What the switches forbid now may still be looked at; it is declined at the end. */
async function showPreview(
  draft: Draft,
  rules: FileRules,
  documents: InfoDocuments,
  placeholders: ReturnType<typeof createPlaceholders>,
): Promise<void> {
  let shown: string | undefined;
  const dry: Gate = createGate({
    files: rules,
    placeholders,
    mayLeave: () => undefined,
    confirm: (render) => {
      shown = render();
      return Promise.resolve(false);
    },
  });
  const gated = await dry.prepare(draft);
  if (shown !== undefined) {
    await documents.open(PREVIEW_TITLE, shown);
    return;
  }
  const reason = gated.ok ? '' : explainRule(gated.rule);
  const files = gated.report.blocked.map(({ path, rule }) => `${path}: ${explainRule(rule)}`).join('\n');
  await documents.open(PREVIEW_TITLE, `Nothing would be sent: ${reason}.\n\n${files}\n`);
}
