import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { renderAnswer } from './markdown';
import type { BlockView } from './protocol';
import type { Send } from './page';

interface BlockProps {
  readonly block: BlockView;
  /** Paths that `path:line` may link to. */
  readonly links: readonly string[];
  readonly send: Send;
  /** Shows why the request went where it did; only under the last answer of a finished turn. */
  readonly why?: () => void;
}

const TRACK_ICON = { instant: 'zap', local: 'device-desktop', cloud: 'cloud' } as const;
const TRACK_WORDS = { instant: 'instant', local: 'local', cloud: 'cloud' } as const;
const STATUS_WORDS = {
  running: 'answering…',
  done: '',
  doubted: 'doubtful',
  failed: 'failed',
  cancelled: 'stopped',
} as const;

/** One model's answer: where it ran, what it says, what it cost. */
export function AnswerBlock({ block, links, send, why }: BlockProps): JSX.Element {
  const html = useMemo(() => ({ __html: renderAnswer(block.text, links) }), [block.text, links]);
  const status = STATUS_WORDS[block.status];
  const facts = [block.cost, block.time, block.privacy].filter((fact) => fact !== undefined);
  return (
    <article class={`block ${block.track} ${block.status}`}>
      {block.announced !== undefined && (
        <p class="announced" role="status">
          <i class="codicon codicon-arrow-up" aria-hidden="true" />
          {block.announced}
        </p>
      )}
      <header>
        <i class={`codicon codicon-${TRACK_ICON[block.track]}`} aria-hidden="true" />
        <span class="model">{block.model === '' ? 'starting…' : block.model}</span>
        <span class="quiet">{TRACK_WORDS[block.track]}</span>
        {block.standIn && <span class="badge">stand-in, answers are poor</span>}
        {status !== '' && <span class={`status ${block.status}`}>{status}</span>}
      </header>
      <div class="markdown" onClick={(event) => followLink(event, send)} dangerouslySetInnerHTML={html} />
      {block.status !== 'running' && (
        <footer>
          <span class="quiet">{facts.join(' · ')}</span>
          <span class="buttons">
            {block.text !== '' && (
              <button
                class="icon"
                title="Copy the answer"
                onClick={() => send({ type: 'copy', block: block.id })}
              >
                <i class="codicon codicon-copy" aria-hidden="true" />
                <span class="name">Copy</span>
              </button>
            )}
            {why !== undefined && (
              <button class="icon" title="Why did this go there?" onClick={why}>
                <i class="codicon codicon-info" aria-hidden="true" />
                <span class="name">Why?</span>
              </button>
            )}
          </span>
        </footer>
      )}
    </article>
  );
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
