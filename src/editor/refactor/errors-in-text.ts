import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';

const SCHEME = 'switchyard-check';

/** Language services report some time after a document appears; this is how long one waits for them, in ms. */
const SETTLE_MS = 2500;
/** After a report more may follow at once; silence of this length means they are done, in ms. */
const QUIET_MS = 400;

/** Served by the TypeScript extension of VS Code itself; it reports by itself only on documents that have a tab. */
const TYPESCRIPT = new Set(['typescript', 'typescriptreact', 'javascript', 'javascriptreact']);

/**
 * Errors the language services see in `text` as a file beside `original`; undefined where they say nothing in time.
 * The text is a read-only document without a tab: an untitled one would be dirty, and VS Code opens a tab for every
 * dirty document and asks about it at the end.
 */
export async function errorsInText(
  original: vscode.TextDocument,
  text: string,
  signal: AbortSignal,
): Promise<number | undefined> {
  const { uri: near, languageId } = original;
  // Services know documents by their path, so each copy has one of its own.
  const uri = near.with({ scheme: SCHEME, authority: '', path: `/${randomUUID()}${near.path}` });
  const provider: vscode.TextDocumentContentProvider = {
    provideTextDocumentContent: (asked) => (asked.path === uri.path ? text : undefined),
  };
  const registration = vscode.workspace.registerTextDocumentContentProvider(SCHEME, provider);
  try {
    const waiting = TYPESCRIPT.has(languageId) ? undefined : settled(uri, signal);
    const document = await vscode.workspace.openTextDocument(uri);
    if (document.languageId !== languageId)
      await vscode.languages.setTextDocumentLanguage(document, languageId);
    if (waiting === undefined) return await typescriptErrors(uri);
    return (await waiting) ? errorsReported(uri) : undefined;
  } finally {
    registration.dispose();
  }
}

const errorsReported = (uri: vscode.Uri): number =>
  vscode.languages.getDiagnostics(uri).filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error)
    .length;

const ASKED = ['syntacticDiagnosticsSync', 'semanticDiagnosticsSync'] as const;

/** Asks TypeScript's server directly, which answers at once. */
async function typescriptErrors(uri: vscode.Uri): Promise<number | undefined> {
  let errors = 0;
  for (const request of ASKED) {
    const answer: unknown = await vscode.commands.executeCommand('typescript.tsserverRequest', request, {
      file: uri,
    });
    const found = diagnosticsOf(answer);
    if (found === undefined) return undefined;
    errors += found.filter((one) => member(one, 'category') === 'error').length;
  }
  return errors;
}

/** Another extension's answer: anything may be missing from it. */
function diagnosticsOf(answer: unknown): readonly unknown[] | undefined {
  const body = member(answer, 'body');
  return member(answer, 'type') === 'response' && Array.isArray(body) ? body : undefined;
}

const member = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (Reflect.get(value, name) as unknown) : undefined;

/** Waits until diagnostics of a document have come and gone quiet; false where none came in time. */
function settled(uri: vscode.Uri, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    let quiet: ReturnType<typeof setTimeout> | undefined;
    const finish = (reported: boolean): void => {
      clearTimeout(quiet);
      clearTimeout(late);
      listening.dispose();
      signal.removeEventListener('abort', aborted);
      resolve(reported);
    };
    const aborted = (): void => finish(false);
    const late = setTimeout(() => finish(quiet !== undefined), SETTLE_MS);
    const listening = vscode.languages.onDidChangeDiagnostics(({ uris }) => {
      if (!uris.some((changed) => changed.toString() === uri.toString())) return;
      clearTimeout(quiet);
      quiet = setTimeout(() => finish(true), QUIET_MS);
    });
    signal.addEventListener('abort', aborted, { once: true });
  });
}
