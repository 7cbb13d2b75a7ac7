import * as vscode from 'vscode';
import { usdWords } from '../../base/money-words';
import type { CapAnswer, CapQuestion } from '../../routing/yard-deps';
import { forUser } from '../failures';
import { askModal, showMessage } from '../window/message';

const BUTTONS = ['Send Anyway', 'Stay Local', 'Change the Cap'] as const;

/** Asks the user what to do now that a cap is reached; turning away sends nothing. */
export async function askOverCap(question: CapQuestion): Promise<CapAnswer> {
  const span = question.cap === 'day' ? "The day's" : "The month's";
  const cost =
    question.estimateUsd === undefined
      ? 'a price that is not known'
      : `about ${usdWords(question.estimateUsd)}`;
  const left =
    question.leftUsd > 0
      ? `does not reach for this: ${usdWords(question.leftUsd)} of it is left`
      : 'is used up';
  const text = `${span} budget ${left}. This request would take ${cost}.`;
  // Nobody waits for a completion. What the user asked for waits for the answer, and a notification would slip away.
  const chosen =
    question.task === 'complete'
      ? await showMessage('warning', text, ...BUTTONS)
      : await askModal('warning', text, [], ...BUTTONS);
  if (chosen === 'Send Anyway') return 'allow-once';
  if (chosen === 'Change the Cap')
    forUser('Change the Cap', vscode.commands.executeCommand('switchyard.budgetSettings'));
  return chosen === 'Stay Local' ? 'local' : 'stop';
}
