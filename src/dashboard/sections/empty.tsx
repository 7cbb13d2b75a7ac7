import type { JSX } from 'preact';
import type { Act } from '../act';

/** Before the first request: what to do to see something here. What is missing stands above, with its buttons. */
export const Empty = ({ act }: { readonly act: Act }): JSX.Element => (
  <section class="empty" aria-labelledby="empty-title">
    <h2 id="empty-title">No requests yet</h2>
    <p>This page fills itself as you work. Any of these is a start:</p>
    <ol>
      <li>
        <strong>Type</strong> in a source file and pause: a suggestion appears at the caret. <kbd>Tab</kbd>{' '}
        accepts it.
      </li>
      <li>
        <strong>Select code</strong> and choose <em>Switchyard: Explain</em> from its context menu or the
        command palette.
      </li>
      <li>
        <strong>Ask</strong> about several files with <em>Switchyard: Ask about Files</em>.
      </li>
    </ol>
    <p>
      <button type="button" class="primary" onClick={() => act('walkthrough')}>
        Open the Walkthrough
      </button>
    </p>
  </section>
);
