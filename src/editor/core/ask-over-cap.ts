import * as vscode from 'vscode';
import { usdWords } from '../../base/money-words';
import type { CapAnswer, CapQuestion } from '../../routing/yard-deps';
import { forUser } from '../failures';
import { showMessage } from '../window/message';

/** Asks the user what to do now that a cap is reached; turning away sends nothing. */
export async function askOverCap(question: CapQuestion): Promise<CapAnswer> {
  const span = question.cap === 'day' ? "The day's" : "The month's";
  const cost =
    question.estimateUsd === undefined
      ? 'a price that is not known'
      : `about ${usdWords(question.estimateUsd)}`;
  const left =
    question.leftUsd > 0 ? `${usdWords(question.leftUsd)} of it is left.` : 'Nothing of it is left.';
  const chosen = await showMessage(
    'warning',
    `${span} budget is reached. ${left} This request would take ${cost}.`,
    'Send Anyway',
    'Stay Local',
    'Change the Cap',
  );
  if (chosen === 'Send Anyway') return 'allow-once';
  if (chosen === 'Change the Cap')
    forUser('Change the Cap', vscode.commands.executeCommand('switchyard.budgetSettings'));
  return chosen === 'Stay Local' ? 'local' : 'stop';
}
