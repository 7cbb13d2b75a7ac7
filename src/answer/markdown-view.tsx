import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { renderAnswer } from './markdown';
import { patchPieces } from './patch-pieces';
import type { Send } from './send';

interface MarkdownProps {
  readonly text: string;
  /** Paths that `path:line` may link to. */
  readonly links: readonly string[];
  readonly send: Send;
}

/** An answer as formatted text. Only what changed is drawn anew, so that a selection survives while text comes in. */
export function Markdown({ text, links, send }: MarkdownProps): JSX.Element {
  const host = useRef<HTMLDivElement>(null);
  const shown = useRef<readonly string[]>([]);
  useLayoutEffect(() => {
    if (host.current === null) return;
    const dress = (piece: Element): Element => dressed(piece, send);
    shown.current = patchPieces(host.current, renderAnswer(text, links), shown.current, dress);
  }, [text, links]);
  return <div class="markdown" ref={host} onClick={(event) => followLink(event, send)} />;
}

/** Code gets a button to copy it; what may be wide gets a frame that scrolls by itself. */
function dressed(piece: Element, send: Send): Element {
  if (piece.localName === 'table') return framed('wide', piece);
  if (piece.localName !== 'pre') return piece;
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'plain copy-code';
  const say = (icon: string, words: string): void => {
    button.title = words;
    button.setAttribute('aria-label', words);
    button.replaceChildren(iconOf(icon));
  };
  say('copy', 'Copy code');
  button.addEventListener('click', () => {
    send({ type: 'copy-code', text: piece.textContent });
    say('check', 'Copied');
    setTimeout(() => say('copy', 'Copy code'), COPIED_MS);
  });
  return framed('code', piece, button);
}

/** How long a button says that it has copied, in ms. */
const COPIED_MS = 1_500;

function framed(name: string, ...inside: readonly Element[]): Element {
  const frame = document.createElement('div');
  frame.className = name;
  frame.append(...inside);
  return frame;
}

function iconOf(name: string): Element {
  const icon = document.createElement('i');
  icon.className = `codicon codicon-${name}`;
  icon.setAttribute('aria-hidden', 'true');
  return icon;
}

/** Links to files are buttons we made ourselves; everything else in an answer is text. */
function followLink(event: MouseEvent, send: Send): void {
  const target = event.target instanceof Element ? event.target.closest('[data-path]') : null;
  const path = target?.getAttribute('data-path');
  if (target === null || path === null || path === undefined) return;
  event.preventDefault();
  const line = Number(target.getAttribute('data-line') ?? '');
  send({ type: 'open', path, ...(Number.isSafeInteger(line) && line > 0 && { line }) });
}
