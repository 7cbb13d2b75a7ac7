import type { JSX } from 'preact';
import { Icon } from '../pages/icon';
import type { Send } from './send';

interface AskOnProps {
  readonly canAsk: boolean;
  /** Where a question would go and what it would take. */
  readonly estimate: string | undefined;
  readonly running: boolean;
  readonly draft: string;
  readonly setDraft: (draft: string) => void;
  readonly send: Send;
}

/** Enter asks, Shift+Enter breaks the line, as in every chat. What is typed while an answer runs stays. */
export function AskOn({ canAsk, estimate, running, draft, setDraft, send }: AskOnProps): JSX.Element {
  const ask = (): void => {
    if (!canAsk || draft.trim() === '') return;
    send({ type: 'ask', question: draft.trim() });
    setDraft('');
  };
  return (
    <div class="ask-on">
      <textarea
        rows={2}
        aria-label="Follow-up question"
        aria-describedby="follow-up-estimate"
        placeholder="Ask a follow-up question (Enter to ask)"
        value={draft}
        onInput={(event) => setDraft(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
          event.preventDefault();
          ask();
        }}
      />
      {running ? (
        <button type="button" onClick={() => send({ type: 'stop' })}>
          <Icon name="debug-stop" />
          <span>Stop</span>
        </button>
      ) : (
        <button type="button" class="primary" disabled={!canAsk || draft.trim() === ''} onClick={ask}>
          <Icon name="send" />
          <span>Ask</span>
        </button>
      )}
      {estimate !== undefined && !running && <p id="follow-up-estimate">{estimate}</p>}
    </div>
  );
}
