import type { JSX } from 'preact';
import { Icon } from '../pages/icon';
import { AnswerBlock } from './block';
import { Notice } from './notice';
import type { TurnView } from './protocol';
import type { Send } from './send';

interface TurnProps {
  readonly turn: TurnView;
  readonly index: number;
  readonly links: readonly string[];
  readonly send: Send;
}

/** A question, the answers to it, and what can be done next. */
export function Turn({ turn, index, links, send }: TurnProps): JSX.Element {
  const { question, blocks, notice } = turn;
  const last = blocks.length - 1;
  return (
    <section class="turn" aria-label={question}>
      <h2 class="question">
        <bdi>{question}</bdi>
      </h2>
      {blocks.length === 0 && notice === undefined && (
        <p class="waiting">
          <i class="codicon codicon-loading codicon-modifier-spin" aria-hidden="true" /> Choosing a track…
        </p>
      )}
      <div class={blocks.length > 1 ? 'blocks several' : 'blocks'}>
        {blocks.map((block, at) => (
          <AnswerBlock
            key={block.id}
            block={block}
            links={links}
            send={send}
            {...(at === last &&
              block.status !== 'running' && { why: () => send({ type: 'why', turn: index }) })}
          />
        ))}
      </div>
      {notice !== undefined && <Notice notice={notice} send={send} />}
      <Offers turn={turn} index={index} send={send} />
    </section>
  );
}

function Offers({ turn, index, send }: Omit<TurnProps, 'links'>): JSX.Element | null {
  const { editFiles, canAskCloud, cloudEstimate } = turn;
  if (editFiles === undefined && !canAskCloud) return null;
  return (
    <div class="offers">
      {editFiles !== undefined && (
        <button type="button" class="primary" onClick={() => send({ type: 'review-edits', turn: index })}>
          <Icon name="diff-multiple" />
          {editFiles === 1 ? 'Review edits in 1 file' : `Review edits in ${editFiles} files`}
        </button>
      )}
      {canAskCloud && (
        <button type="button" onClick={() => send({ type: 'ask-cloud', turn: index })}>
          <Icon name="cloud" />
          Ask Claude instead
        </button>
      )}
      {canAskCloud && cloudEstimate !== undefined && <span class="quiet">{cloudEstimate}</span>}
    </div>
  );
}
