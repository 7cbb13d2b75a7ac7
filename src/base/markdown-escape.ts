// Controls and direction marks can reorder or hide what stands beside them.
const INVISIBLE =
  /\p{Cc}|[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff0-\uffff]|[\u{e0000}-\u{e007f}]/gu;

/**
 * Text as itself inside a `MarkdownString`, whatever its settings: no link (also none that VS Code finds by itself), no
 * image, no HTML, no `$(icon)`, no command. Every ASCII sign becomes a character reference, which Markdown decodes
 * after it has looked for its own signs. Line ends become spaces, so that no line can begin a block.
 */
export function escapeForVsCodeMarkdown(text: string): string {
  return (
    text
      .replace(/[\t\n\r]+/g, ' ')
      .replace(INVISIBLE, '')
      .replace(/[!-/:-@[-`{-~]/g, (sign) => `&#${String(sign.charCodeAt(0))};`)
      // A line of digits and a dot would begin a list; four spaces, a block of code.
      .replace(/^ +/, '')
      .replace(/ {2,}/g, ' ')
  );
}
