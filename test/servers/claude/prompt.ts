import { fieldsOf, listOf, textOf, type Fields } from '../fields';
import type { Question } from '../question';
import type { CacheBlock } from './prompt-cache';

/** System and messages as blocks, in the order the cache matches them. */
export function blocksOf(body: Fields): readonly CacheBlock[] {
  const turns = listOf(body['messages']).map(fieldsOf);
  return [...contentBlocks(body['system']), ...turns.flatMap((turn) => contentBlocks(turn['content']))];
}

function contentBlocks(content: unknown): readonly CacheBlock[] {
  if (typeof content === 'string') return [{ text: content }];
  return listOf(content)
    .map(fieldsOf)
    .map((block) => {
      const control = block['cache_control'];
      if (control === undefined) return { text: textOf(block['text']) };
      return {
        text: textOf(block['text']),
        ttl: fieldsOf(control)['ttl'] === '1h' ? ('1h' as const) : ('5m' as const),
      };
    });
}

const textOfContent = (content: unknown): string =>
  contentBlocks(content)
    .map((block) => block.text)
    .join('');

export function questionOf(model: string, body: Fields): Question {
  return {
    kind: 'chat',
    model,
    system: textOfContent(body['system']),
    messages: listOf(body['messages'])
      .map(fieldsOf)
      .map((turn) => ({ role: textOf(turn['role']), text: textOfContent(turn['content']) })),
  };
}

/** What the API says of content it does not take; undefined where it does. */
export function contentRefusal(body: Fields): string | undefined {
  const turns = listOf(body['messages']).map(fieldsOf);
  if (turns.length === 0) return 'messages: at least one message is required';
  if (turns.at(-1)?.['role'] === 'assistant') return 'This model does not support assistant message prefill.';
  const blocks = blocksOf(body);
  if (blocks.some((block) => block.text === '')) return 'messages: text content blocks must be non-empty';
  if (blocks.some((block) => block.text.trim() === ''))
    return 'messages: text content blocks must contain non-whitespace text';
  if (blocks.filter((block) => block.ttl !== undefined).length > 4)
    return 'A maximum of 4 blocks with cache_control may be provided.';
  return undefined;
}
