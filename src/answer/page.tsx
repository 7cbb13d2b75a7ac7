import type { JSX } from 'preact';
import { useCallback } from 'preact/hooks';
import { useRemembered, useScrollPlace } from '../pages/remember';
import type { PageApi } from '../pages/vscode-api';
import { AskOn } from './ask-on';
import { useFollowing } from './following';
import { readMemory } from './memory';
import type { AnswerView, FromAnswerPage } from './protocol';
import { statusWords } from './status-words';
import { Turn } from './turn';

interface PageProps {
  readonly view: AnswerView;
  readonly api: PageApi<FromAnswerPage>;
}

/** The whole view: turns from top to bottom, and a place to ask on. */
export function AnswerPage({ view, api }: PageProps): JSX.Element {
  const [memory, setMemory] = useRemembered(api, readMemory);
  const send = useCallback((message: FromAnswerPage) => api.postMessage(message), [api]);
  const running = view.turns.some((turn) => turn.blocks.some((block) => block.status === 'running'));
  useScrollPlace(true, memory.scrollTop, (scrollTop) => setMemory((before) => ({ ...before, scrollTop })));
  useFollowing(view, running);
  return (
    <div class="answer">
      {view.demo && <p class="note">Demo: the models are stand-ins, and their answers are invented.</p>}
      {view.turns.map((turn, index) => (
        <Turn key={index} turn={turn} index={index} links={view.links} send={send} />
      ))}
      <p class="unseen" role="status">
        {statusWords(view)}
      </p>
      <AskOn
        canAsk={view.canAsk}
        estimate={view.followUp}
        running={running || (!view.canAsk && view.turns.length > 0)}
        draft={memory.draft}
        setDraft={(draft) => setMemory((before) => ({ ...before, draft }))}
        send={send}
      />
    </div>
  );
}
