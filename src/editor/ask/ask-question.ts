import * as vscode from 'vscode';

/** Asks for the question; below it stands where it would go and what it would cost, and follows what is typed. */
export function askQuestion(
  files: number,
  forecast: (question: string) => string,
): Promise<string | undefined> {
  const box = vscode.window.createInputBox();
  box.title = files === 1 ? 'Ask about 1 file' : `Ask about ${String(files)} files`;
  box.placeholder = 'What do you want to know, or to have changed?';
  box.ignoreFocusOut = true;
  const refresh = (): void => {
    box.prompt = forecast(box.value);
  };
  refresh();
  return new Promise((resolve) => {
    box.onDidChangeValue(refresh);
    box.onDidAccept(() => {
      const question = box.value.trim();
      if (question === '') return;
      resolve(question);
      box.hide();
    });
    box.onDidHide(() => {
      resolve(undefined);
      box.dispose();
    });
    box.show();
  });
}
