import { createCompletionEngine } from '../../../../src/completion/engine';
import type { PolicyFactory } from './policy';

/** The engine, wired as the editor wires it. */
const wired =
  (instant: boolean, withModel = true): PolicyFactory =>
  ({ trace, clock, model, document, caret, askAgain, noteInstant }) => {
    const id = trace.path;
    const engine = createCompletionEngine({
      clock,
      instant,
      ...(withModel && {
        model: {
          complete: (request, signal) =>
            model.complete(
              { ...request, context: request.context.map((file) => file.text).join('') },
              signal,
            ),
        },
      }),
    });
    engine.openDocument({ id, path: trace.path, languageId: trace.language, text: document() });
    engine.onRefresh(askAgain);
    return {
      edited: (edit) => engine.changeDocument(id, [edit]),
      caretMoved: () => engine.moveCaret(id, caret()),
      async provide() {
        const suggestion = await engine.provide({ documentId: id, offset: caret(), trigger: 'automatic' });
        if (suggestion.kind === 'show' && suggestion.source === 'instant') noteInstant(suggestion.text);
        return suggestion.kind === 'show' ? suggestion.text : undefined;
      },
      dispose: () => engine.dispose(),
    };
  };

export const switchyard = wired(true);
export const switchyardNoInstant = wired(false);

/** No model at all: what the workspace alone predicts. */
export const instantOnly = wired(true, false);
