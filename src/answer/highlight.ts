import hljs from 'highlight.js/lib/common';

/** Larger blocks are shown plain: colouring them again with each word that streams in would stall the page. */
const LONGEST = 30_000;
/** While an answer streams, all blocks but the last are asked for again and again. */
const cache = new Map<string, string>();
const MOST_CACHED = 200;

/** A code block's text as HTML with `hljs-…` spans; `''` leaves it to the caller to escape it. */
export function highlight(code: string, language: string): string {
  const name = language.toLowerCase();
  if (code.length > LONGEST || hljs.getLanguage(name) === undefined) return '';
  const key = `${name}\n${code}`;
  const known = cache.get(key);
  if (known !== undefined) return known;
  const html = hljs.highlight(code, { language: name, ignoreIllegals: true }).value;
  if (cache.size >= MOST_CACHED) cache.clear();
  cache.set(key, html);
  return html;
}
