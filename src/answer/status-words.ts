import type { AnswerView, BlockView } from './protocol';

/** What a screen reader is told of the last turn: its state, not its text, which is there to be read at one's own pace. */
export function statusWords(view: AnswerView): string {
  const turn = view.turns.at(-1);
  if (turn === undefined) return '';
  const block = turn.blocks.at(-1);
  if (turn.notice !== undefined) return turn.notice.text;
  return block === undefined ? 'Choosing a track.' : blockWords(block);
}

function blockWords({ status, model, announced, cost }: BlockView): string {
  switch (status) {
    case 'running':
      return announced ?? (model === '' ? 'Starting.' : `${model} is answering.`);
    case 'done':
      return `Answered by ${model}${cost === undefined ? '' : `, ${cost}`}.`;
    case 'doubted':
      return `The answer of ${model} is doubtful.`;
    case 'failed':
      return `${model} failed.`;
    case 'cancelled':
      return 'Stopped.';
  }
}
