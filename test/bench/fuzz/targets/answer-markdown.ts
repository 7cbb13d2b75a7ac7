import { markdownToHtml } from '../../../../src/answer/markdown';
import { ALLOWED_ATTRIBUTES, ALLOWED_TAGS } from '../../../../src/answer/sanitise';
import { escapeForVsCodeMarkdown } from '../../../../src/base/markdown-escape';
import { INJECTION_PAYLOADS } from '../../../fixtures/injection-payloads';
import { promise, type FuzzTarget } from '../target';

const PATHS = new Set(['src/cart.ts']);
const TAG = new RegExp(
  `</?(?:${ALLOWED_TAGS.join('|')})(?: (?:${ALLOWED_ATTRIBUTES.join('|')})="[^"<>]*")*>`,
  'g',
);

/** Whatever a model writes, the page gets our own elements and text; a tooltip gets text alone. */
export const answerMarkdown: FuzzTarget = {
  name: 'answer-markdown',
  seeds: [
    ...INJECTION_PAYLOADS,
    '# Title\n\n- a `src/cart.ts:3`\n\n```ts\nconst a = "<b>";\n```\n\n| a | b |\n|--|:-:|\n| c | d |\n',
  ],
  words: [
    '<',
    '>',
    '"',
    "'",
    '`',
    '```',
    '](',
    '![',
    '[',
    ')',
    'javascript:',
    'command:',
    '<script>',
    'onerror=',
    'src/cart.ts:1',
    '&lt;',
    '&#60;',
    '\n\n',
    '|',
    '-->',
    ']]>',
    '$(zap)',
  ],
  run(text) {
    const html = markdownToHtml(text, PATHS);
    promise(!html.replace(TAG, '').includes('<'), 'an element that is none of ours');
    for (const [, path = ''] of html.matchAll(/data-path="([^"]*)"/g))
      promise(PATHS.has(path), `a link to ${path}`);
    promise(!/[<>`[\]()$:\n]/.test(escapeForVsCodeMarkdown(text)), 'a sign of Markdown in a tooltip');
  },
};
