import type { ContextFile } from '../../models/model';
import type { Caret, CompletionDocument } from '../document';
import { chooseContext, type ContextCandidate } from './choose-context';

/** Other files looked at: those opened or edited last. More would not fit into the prompt. */
const MAX_OTHERS = 6;
const HEAD_CHARS = 3_000;
const EDITED_CHARS = 1_200;
const SURROUNDINGS_CHARS = 1_500;

/**
 * What a prompt says of other open files. It is chosen again only when the prompt's head is set anew and has
 * to be read from its first token anyway; until then it stays as it is, and costs the server nothing.
 */
export class DocumentContext {
  readonly #chosen = new WeakMap<
    CompletionDocument,
    { readonly head: number; readonly files: ContextFile[] }
  >();

  for({ document, offset }: Caret, open: Iterable<CompletionDocument>): readonly ContextFile[] {
    const head = document.window.headsSet;
    const known = this.#chosen.get(document);
    if (known?.head === head) return known.files;
    const others = [...open].filter((other) => other !== document && !other.excluded).slice(-MAX_OTHERS);
    const files = chooseContext({
      path: document.path,
      head: document.text.slice(0, HEAD_CHARS),
      surroundings: document.text.slice(offset - SURROUNDINGS_CHARS, offset + SURROUNDINGS_CHARS / 3),
      candidates: others.flatMap(candidatesOf),
    });
    this.#chosen.set(document, { head, files });
    return files;
  }
}

function candidatesOf({ path, text, editedAt }: CompletionDocument): ContextCandidate[] {
  const head: ContextCandidate = { path, text: text.slice(0, HEAD_CHARS), kind: 'head' };
  if (editedAt === undefined) return [head];
  const edited = text.slice(editedAt - EDITED_CHARS / 2, editedAt + EDITED_CHARS / 2);
  return [{ path, text: edited.slice(edited.indexOf('\n') + 1), kind: 'edited' }, head];
}
