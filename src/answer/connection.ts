import type { AnswerView, FromAnswerPage, ToAnswerPage } from './protocol';

interface VsCodeApi {
  postMessage(message: FromAnswerPage): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

export interface Connection {
  send(message: FromAnswerPage): void;
  /** Called with each new state of the view, at most once a frame. */
  onView(draw: (view: AnswerView) => void): void;
}

/** Keeps the view the editor sends, adds streamed text to it, and redraws once a frame however fast text comes. */
export function connect(): Connection {
  const api = acquireVsCodeApi();
  let view: AnswerView | undefined;
  let draw: (view: AnswerView) => void = () => undefined;
  let scheduled = false;
  const redraw = (): void => {
    if (scheduled) return;
    scheduled = true;
    requestAnimationFrame(() => {
      scheduled = false;
      if (view !== undefined) draw(view);
    });
  };
  window.addEventListener('message', (event: MessageEvent<ToAnswerPage>) => {
    const message = event.data;
    if (message.type === 'view') view = message.view;
    else if (view !== undefined) view = withText(view, message.block, message.text);
    redraw();
  });
  api.postMessage({ type: 'ready' });
  return {
    send: (message) => api.postMessage(message),
    onView: (next) => {
      draw = next;
      redraw();
    },
  };
}

function withText(view: AnswerView, id: string, text: string): AnswerView {
  return {
    ...view,
    turns: view.turns.map((turn) => ({
      ...turn,
      blocks: turn.blocks.map((block) => (block.id === id ? { ...block, text: block.text + text } : block)),
    })),
  };
}
