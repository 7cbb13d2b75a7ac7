import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { AnswerBlock } from './block';
import type { AnswerView, FromAnswerPage, NoticeView, TurnView } from './protocol';

export type Send = (message: FromAnswerPage) => void;

interface PageProps {
  readonly view: AnswerView;
  readonly send: Send;
}

/** The whole view: turns from top to bottom, and a place to ask on. */
export function AnswerPage({ view, send }: PageProps): JSX.Element {
  const end = useRef<HTMLDivElement>(null);
  const running = view.turns.some((turn) => turn.blocks.some((block) => block.status === 'running'));
  const following = useFollowing();
  const length = view.turns.reduce(
    (sum, turn) => sum + turn.blocks.reduce((all, block) => all + block.text.length, 0),
    0,
  );
  useEffect(() => {
    if (following.current) end.current?.scrollIntoView({ block: 'end' });
  }, [length, view.turns.length, running, following]);
  return (
    <div class="answer">
      {view.demo && <p class="demo">Demo: the models are stand-ins, and their answers are invented.</p>}
      {view.turns.map((turn, index) => (
        <Turn key={index} turn={turn} index={index} links={view.links} send={send} />
      ))}
      <div ref={end} />
      <AskOn canAsk={view.canAsk} running={running || (!view.canAsk && view.turns.length > 0)} send={send} />
    </div>
  );
}

interface TurnProps {
  readonly turn: TurnView;
  readonly index: number;
  readonly links: readonly string[];
  readonly send: Send;
}

function Turn({ turn, index, links, send }: TurnProps): JSX.Element {
  const last = turn.blocks.length - 1;
  return (
    <section class="turn" aria-label={turn.question}>
      <h2 class="question">{turn.question}</h2>
      <div aria-live="polite">
        {turn.blocks.length === 0 && turn.notice === undefined && <p class="waiting">Choosing a track…</p>}
        {turn.blocks.map((block, at) => (
          <AnswerBlock
            key={block.id}
            block={block}
            links={links}
            send={send}
            {...(at === last &&
              block.status !== 'running' && { why: () => send({ type: 'why', turn: index }) })}
          />
        ))}
        {turn.notice !== undefined && <Notice notice={turn.notice} send={send} />}
      </div>
      {(turn.canAskCloud || turn.editFiles !== undefined) && (
        <p class="offers">
          {turn.editFiles !== undefined && (
            <button class="primary" onClick={() => send({ type: 'review-edits', turn: index })}>
              <i class="codicon codicon-diff-multiple" aria-hidden="true" />
              {turn.editFiles === 1
                ? 'Review edits in 1 file'
                : `Review edits in ${String(turn.editFiles)} files`}
            </button>
          )}
          {turn.canAskCloud && (
            <button onClick={() => send({ type: 'ask-cloud', turn: index })}>
              <i class="codicon codicon-cloud" aria-hidden="true" />
              Ask Claude instead
              {turn.cloudEstimate !== undefined && <span class="quiet"> {turn.cloudEstimate}</span>}
            </button>
          )}
        </p>
      )}
    </section>
  );
}

const NOTICE_ICON = { info: 'info', warning: 'warning', error: 'error' } as const;

function Notice({ notice, send }: { readonly notice: NoticeView; readonly send: Send }): JSX.Element {
  const { action } = notice;
  return (
    <div class={`notice ${notice.severity}`} role={notice.severity === 'error' ? 'alert' : 'status'}>
      <i class={`codicon codicon-${NOTICE_ICON[notice.severity]}`} aria-hidden="true" />
      <span>{notice.text}</span>
      {action !== undefined && (
        <button onClick={() => send({ type: 'notice', action: action.id })}>{action.title}</button>
      )}
    </div>
  );
}

interface AskOnProps {
  readonly canAsk: boolean;
  readonly running: boolean;
  readonly send: Send;
}

/** Enter asks, Shift+Enter breaks the line, as in every chat. */
function AskOn({ canAsk, running, send }: AskOnProps): JSX.Element {
  const [question, setQuestion] = useState('');
  const ask = (): void => {
    if (!canAsk || question.trim() === '') return;
    send({ type: 'ask', question: question.trim() });
    setQuestion('');
  };
  return (
    <div class="ask-on">
      <textarea
        rows={2}
        aria-label="Follow-up question"
        placeholder="Ask a follow-up question"
        value={question}
        onInput={(event) => setQuestion(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
          event.preventDefault();
          ask();
        }}
      />
      {running ? (
        <button onClick={() => send({ type: 'stop' })}>
          <i class="codicon codicon-debug-stop" aria-hidden="true" />
          Stop
        </button>
      ) : (
        <button class="primary" disabled={question.trim() === ''} onClick={ask}>
          <i class="codicon codicon-send" aria-hidden="true" />
          Ask
        </button>
      )}
    </div>
  );
}

/** True while the reader is at the end: then growing text scrolls along; who scrolled up is left where they read. */
function useFollowing(): { readonly current: boolean } {
  const following = useRef(true);
  useEffect(() => {
    const onScroll = (): void => {
      const page = document.documentElement;
      following.current = page.scrollHeight - page.scrollTop - page.clientHeight < 48;
    };
    window.addEventListener('scroll', onScroll, { passive: true });
    return () => window.removeEventListener('scroll', onScroll);
  }, []);
  return following;
}
