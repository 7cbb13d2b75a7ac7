import type { JSX } from 'preact';
import { Icon } from '../pages/icon';
import { Markdown } from './markdown-view';
import type { BlockView } from './protocol';
import type { Send } from './send';

interface BlockProps {
  readonly block: BlockView;
  /** Paths that `path:line` may link to. */
  readonly links: readonly string[];
  readonly send: Send;
  /** Shows why the request went where it did; only under the last answer of a finished turn. */
  readonly why?: () => void;
}

const TRACK_ICON = { instant: 'zap', local: 'device-desktop', cloud: 'cloud' } as const;
const TRACK_WORDS = {
  instant: 'from the workspace',
  local: 'on this machine',
  cloud: 'in the cloud',
} as const;
const STATUS = {
  running: undefined,
  done: undefined,
  doubted: { icon: 'question', words: 'doubtful' },
  failed: { icon: 'error', words: 'failed' },
  cancelled: { icon: 'circle-slash', words: 'stopped' },
} as const;

/** One model's answer: where it ran, what it says, what it cost. */
export function AnswerBlock({ block, links, send, why }: BlockProps): JSX.Element {
  const { announced, track, status, text } = block;
  const running = status === 'running';
  return (
    <article class={`block ${track} ${status}`} aria-busy={running}>
      {announced !== undefined && (
        <p class="announced">
          <Icon name="arrow-up" />
          <bdi>{announced}</bdi>
        </p>
      )}
      <Head block={block} send={send} />
      {text === '' && running ? (
        <p class="waiting">Waiting for the first word…</p>
      ) : (
        <Markdown text={text} links={links} send={send} />
      )}
      {!running && <Foot block={block} send={send} {...(why !== undefined && { why })} />}
    </article>
  );
}

function Head({ block, send }: Pick<BlockProps, 'block' | 'send'>): JSX.Element {
  const status = STATUS[block.status];
  return (
    <header>
      <Icon name={TRACK_ICON[block.track]} />
      <bdi class="model">{block.model === '' ? 'Starting…' : block.model}</bdi>
      <span class="quiet">{TRACK_WORDS[block.track]}</span>
      {block.standIn && <span class="badge">stand-in, answers are poor</span>}
      {status !== undefined && (
        <span class={`status ${block.status}`}>
          <Icon name={status.icon} /> {status.words}
        </span>
      )}
      {block.ending !== undefined && (
        <span class="status doubted">
          <Icon name="warning" /> {block.ending}
        </span>
      )}
      {block.status === 'running' && (
        <span class="progress">
          <i class="codicon codicon-loading codicon-modifier-spin" aria-hidden="true" />
          <button
            type="button"
            class="plain"
            title="Stop this answer"
            aria-label="Stop this answer"
            onClick={() => send({ type: 'stop' })}
          >
            <Icon name="debug-stop" />
          </button>
        </span>
      )}
    </header>
  );
}

function Foot({ block, send, why }: Omit<BlockProps, 'links'>): JSX.Element {
  const { kept = [] } = block;
  const facts = [block.cost, block.time, kept.length === 0 ? block.privacy : undefined].filter(
    (fact) => fact !== undefined,
  );
  return (
    <footer>
      {kept.length > 0 && (
        <details class="kept">
          <summary>{block.privacy}</summary>
          <ul>
            {kept.map((one) => (
              <li key={one}>
                <bdi>{one}</bdi>
              </li>
            ))}
          </ul>
        </details>
      )}
      <span class="quiet">{facts.join(' · ')}</span>
      <span class="buttons">
        {block.text !== '' && (
          <button
            type="button"
            class="plain"
            title="Copy the answer"
            onClick={() => send({ type: 'copy', block: block.id })}
          >
            <Icon name="copy" />
            Copy
          </button>
        )}
        {why !== undefined && (
          <button type="button" class="plain" title="Why did this go there?" onClick={why}>
            <Icon name="info" />
            Why?
          </button>
        )}
      </span>
    </footer>
  );
}
