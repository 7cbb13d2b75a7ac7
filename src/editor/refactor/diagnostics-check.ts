import * as vscode from 'vscode';
import type { Check } from '../../routing/checks/check';
import { unusable } from '../../tasks/checks/parses';
import { readRefactor } from '../../tasks/read-refactor';
import type { Target } from './review';

/** Language services report some time after a document changes; this is how long the check waits, in ms. */
const SETTLE_MS = 2500;
/** After a report more may follow at once; silence of this length means they are done, in ms. */
const QUIET_MS = 400;

/** Scores as for parsing: objections refute, silence does not prove; and a service that says nothing may not be there. */
const SCORE = { worse: 0.1, same: 0.85, better: 0.9 } as const;

/**
 * Do the editor's language services object to the changed code? Looks at an unsaved copy in memory, before and after;
 * nothing of the user's is touched, and nothing is written to the disk.
 */
export function diagnosticsCheck(target: Target): Check {
  return {
    name: 'diagnostics',
    async run(answer, signal) {
      const original = target.snapshot.slice(target.start, target.end);
      const read = readRefactor(answer.text, original);
      if (read.kind === 'unusable') return unusable('diagnostics', read.reason);
      const changed = target.snapshot.slice(0, target.start) + read.text + target.snapshot.slice(target.end);
      const language = target.document.languageId;
      const before = await errorsInCopy(language, target.snapshot, signal);
      const after = await errorsInCopy(language, changed, signal);
      if (before === undefined || after === undefined) {
        return { check: 'diagnostics', saw: 'the language services did not answer in time' };
      }
      if (after > before)
        return { check: 'diagnostics', saw: `${String(after - before)} new errors`, score: SCORE.worse };
      if (after < before)
        return { check: 'diagnostics', saw: 'fewer errors than before', score: SCORE.better };
      return { check: 'diagnostics', saw: 'no new errors', score: SCORE.same };
    },
  };
}

/** Errors the language services see in an untitled copy; undefined where they report nothing in time. */
async function errorsInCopy(
  language: string,
  content: string,
  signal: AbortSignal,
): Promise<number | undefined> {
  const copy = await vscode.workspace.openTextDocument({ language, content });
  const count = (): number =>
    vscode.languages
      .getDiagnostics(copy.uri)
      .filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error).length;
  const reported = await settled(copy.uri, signal);
  return reported ? count() : undefined;
}

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
