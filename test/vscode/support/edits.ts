import * as vscode from 'vscode';

/** Edits as they are handed to VS Code, which goes on as ever. */
export class Edits {
  readonly all: vscode.WorkspaceEdit[] = [];
  /** How many of them VS Code is done with: applied, or turned away in the preview. */
  done = 0;
  readonly #apply = vscode.workspace.applyEdit;

  constructor() {
    const apply = this.#apply;
    const watched: typeof apply = async (edit, metadata) => {
      this.all.push(edit);
      try {
        return await apply.call(vscode.workspace, edit, metadata);
      } finally {
        this.done += 1;
      }
    };
    Object.assign(vscode.workspace, { applyEdit: watched });
  }

  /** Paths of the files that the edits are to, in their order. */
  get files(): readonly string[] {
    return this.all.flatMap((edit) => edit.entries().map(([uri]) => uri.fsPath));
  }

  /** Presses Discard in the preview until VS Code is done with all edits; false while there is none. */
  async discarded(): Promise<boolean> {
    if (this.all.length === 0) return false;
    await vscode.commands.executeCommand('refactorPreview.discard');
    return this.done === this.all.length;
  }

  /** VS Code is its old self again. */
  leave(): void {
    Object.assign(vscode.workspace, { applyEdit: this.#apply });
  }
}
