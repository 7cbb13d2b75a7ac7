import { createHash } from 'node:crypto';
import type { MessageCreateParamsStreaming, MessageParam } from '@anthropic-ai/sdk/resources/messages';
import type { TokenRatio } from '../tokens';
import { NO_USAGE, type Usage } from '../usage';

/** The beginning of a prompt up to one of its cache marks. */
interface Beginning {
  /** A digest: the memory holds no prompt text. */
  readonly key: string;
  /** UTF-16 units. */
  readonly characters: number;
}

interface Known {
  readonly tokens: number;
  /** By the clock's `monotonic`, in ms. */
  readonly usedAt: number;
}

/** How long Anthropic keeps what carries no life of its own; each use begins it anew. In ms. */
const LIFE_MS = 5 * 60_000;
/** A day's files and models are far fewer. */
const MOST_KNOWN = 200;

/**
 * Remembers which beginnings of prompts are in Claude's prompt cache, from what the API counted, so that a call which
 * ends before the API has counted is not taken for ten times what it cost. Other windows' calls are not known here.
 */
export class CacheMemory {
  /** Oldest use first. */
  readonly #known = new Map<string, Known>();

  /** The API counted `usage` for this prompt at `at` (ms of the monotonic clock). */
  learn(params: MessageCreateParamsStreaming, usage: Usage, at: number): void {
    const cached = usage.cacheReadTokens + usage.cacheWrite5mTokens + usage.cacheWrite1hTokens;
    if (cached === 0) return;
    const beginnings = beginningsOf(params);
    const whole = beginnings.at(-1)?.characters;
    if (whole === undefined) return;
    for (const { key, characters } of beginnings) {
      this.#known.delete(key);
      this.#known.set(key, { tokens: Math.round((cached * characters) / whole), usedAt: at });
    }
    const [oldest] = this.#known.keys();
    if (this.#known.size > MOST_KNOWN && oldest !== undefined) this.#known.delete(oldest);
  }

  /** The input tokens of a prompt that was sent at about `at`, estimated by kind. */
  estimate(
    params: MessageCreateParamsStreaming,
    promptCharacters: number,
    ratio: TokenRatio,
    at: number,
  ): Usage {
    const beginnings = beginningsOf(params);
    const last = beginnings.at(-1)?.characters ?? 0;
    const hit = beginnings.findLast(({ key }) => this.#isAlive(key, at));
    const read = hit === undefined ? 0 : (this.#known.get(hit.key)?.tokens ?? 0);
    return {
      ...NO_USAGE,
      cacheReadTokens: read,
      cacheWrite5mTokens: ratio.estimate(last - (hit?.characters ?? 0)),
      inputTokens: ratio.estimate(promptCharacters - last),
      estimated: true,
    };
  }

  #isAlive(key: string, at: number): boolean {
    const known = this.#known.get(key);
    return known !== undefined && at - known.usedAt < LIFE_MS;
  }
}

/** In the order in which the API matches them, shortest first. */
function beginningsOf({ model, system, messages }: MessageCreateParamsStreaming): Beginning[] {
  const hash = createHash('sha256').update(model);
  const found: Beginning[] = [];
  let characters = 0;
  for (const block of [system, ...messages.map(({ content }) => content)].flatMap(textBlocks)) {
    hash.update(`\0${block.text}`);
    characters += block.text.length;
    if (block.cache_control != null) found.push({ key: hash.copy().digest('base64'), characters });
  }
  return found;
}

/** Our requests hold text alone. */
function textBlocks(
  content: MessageCreateParamsStreaming['system'] | MessageParam['content'],
): { readonly text: string; readonly cache_control?: unknown }[] {
  if (content === undefined || typeof content === 'string') return [];
  return content.flatMap((block) => (block.type === 'text' ? [block] : []));
}
