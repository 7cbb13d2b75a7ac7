import type { Tasks } from '../core/tasks';
import { icon, pick } from '../window/pick';

/** Shows what a request would send to a cloud: after the gate, word for word, without sending it. */
export async function previewPrompt({ explain, refactor, ask }: Tasks): Promise<void> {
  const chosen = await pick(
    [
      { label: 'Explain the selection', ...icon('comment'), show: () => explain.preview() },
      { label: 'Refactor the selection', ...icon('edit'), show: () => refactor.preview() },
      { label: 'Ask about files', ...icon('question'), show: () => ask.preview() },
    ],
    { title: 'What would be sent', placeHolder: 'Of which request?' },
  );
  await chosen?.show();
}
