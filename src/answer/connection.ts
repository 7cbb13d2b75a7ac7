import type { PageApi } from '../pages/vscode-api';
import type { AnswerView, FromAnswerPage, ToAnswerPage } from './protocol';

/**
 * Keeps the view the editor sends and adds streamed text to it; draws at most once a frame, however fast text comes.
 * Tells the editor that the page is ready.
 */
export function connect(api: PageApi<FromAnswerPage>, draw: (view: AnswerView) => void): void {
  let view: AnswerView | undefined;
  let scheduled = false;
  const redraw = (): void => {
    if (scheduled) return;
    scheduled = true;
    requestAnimationFrame(() => {
      scheduled = false;
      if (view !== undefined) draw(view);
    });
  };
  window.addEventListener('message', ({ data: message }: MessageEvent<ToAnswerPage>) => {
    switch (message.type) {
      case 'view':
        view = message.view;
        break;
      case 'append':
        if (view !== undefined) view = withText(view, message.block, message.text);
    }
    redraw();
  });
  api.postMessage({ type: 'ready' });
}

/** Turns and blocks that did not change stay the same objects. */
function withText(view: AnswerView, id: string, text: string): AnswerView {
  return {
    ...view,
    turns: view.turns.map((turn) =>
      turn.blocks.some((block) => block.id === id)
        ? {
            ...turn,
            blocks: turn.blocks.map((block) =>
              block.id === id ? { ...block, text: block.text + text } : block,
            ),
          }
        : turn,
    ),
  };
}
