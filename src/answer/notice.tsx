import type { JSX } from 'preact';
import { Icon } from '../pages/icon';
import type { NoticeView } from './protocol';
import type { Send } from './send';

/** What went wrong, or must be known, with its next step. */
export function Notice({ notice, send }: { readonly notice: NoticeView; readonly send: Send }): JSX.Element {
  const { severity, text, action } = notice;
  return (
    <div class={`note ${severity}`}>
      <Icon name={severity} />
      <bdi class="text">{text}</bdi>
      {action !== undefined && (
        <button type="button" onClick={() => send({ type: 'notice', action: action.id })}>
          <bdi>{action.title}</bdi>
        </button>
      )}
    </div>
  );
}
