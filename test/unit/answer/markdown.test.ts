import { describe, expect, it } from 'vitest';
import { markdownToHtml } from '../../../src/answer/markdown';
import { ALLOWED_ATTRIBUTES, ALLOWED_TAGS } from '../../../src/answer/sanitise';
import { INJECTION_PAYLOADS } from '../../fixtures/injection-payloads';

const PATHS = new Set(['src/cart.ts', 'src/a b.ts']);
const html = (text: string): string => markdownToHtml(text, PATHS).trimEnd();

const TAG = new RegExp(
  `</?(?:${ALLOWED_TAGS.join('|')})(?: (?:${ALLOWED_ATTRIBUTES.join('|')})="[^"<>]*")*>`,
  'g',
);
/** Whatever is no element of ours must be text; text has no `<`. */
const leftOver = (rendered: string): string => rendered.replace(TAG, '');

describe('an answer in Markdown', () => {
  it('becomes headings, lists, tables and code', () => {
    expect(html('# A\n\n- b *c*\n\n| d |\n|--:|\n| e |')).toBe(
      '<h1>A</h1>\n<ul>\n<li>b <em>c</em></li>\n</ul>\n<table>\n<thead>\n<tr>\n<th class="align-right">d</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td class="align-right">e</td>\n</tr>\n</tbody>\n</table>',
    );
  });

  it('has its code coloured by classes, never by styles', () => {
    expect(html('```ts\nconst a = 1;\n```')).toContain('<span class="hljs-keyword">const</span>');
    expect(html('```nonsense\n<b>\n```')).toBe(
      '<pre><code class="language-nonsense">&lt;b&gt;\n</code></pre>',
    );
  });

  it('links to files it was given, by line', () => {
    const button = (line: string, label: string): string =>
      `<p><button type="button" class="file" data-path="src/cart.ts"${line}>${label}</button></p>`;
    expect(html('`src/cart.ts:12`')).toBe(button(' data-line="12"', '<code>src/cart.ts:12</code>'));
    expect(html('`./src/cart.ts`')).toBe(button('', '<code>./src/cart.ts</code>'));
    expect(html('[the cart](src/cart.ts#L12-L20)')).toBe(button(' data-line="12"', 'the cart'));
    expect(html('[the cart](./src/cart.ts:7)')).toBe(button(' data-line="7"', 'the cart'));
    expect(html('[b](<src/a b.ts>)')).toContain('data-path="src/a b.ts"');
  });

  it('links to no other file', () => {
    for (const text of ['`src/other.ts:1`', '[x](src/other.ts)', '[x](/etc/passwd)', '[x](../src/cart.ts)']) {
      expect(html(text)).not.toContain('data-path');
    }
  });

  it('shows where a web address leads, as text', () => {
    expect(html('[good](https://evil.example/x)')).toBe(
      '<p><span class="link">good</span> <span class="target">(https://evil.example/x)</span></p>',
    );
    expect(html('<https://example.org>')).toBe('<p><span class="link">https://example.org</span></p>');
  });

  it('shows what an image would be, and loads nothing', () => {
    expect(html('![a cat](https://evil.example/cat.png)')).toBe(
      '<p>[image: a cat] <span class="target">(https://evil.example/cat.png)</span></p>',
    );
  });

  it('is cut where no page could show it', () => {
    expect(html('a'.repeat(3_000_000)).length).toBeLessThan(2_100_000);
  });
});

describe('a hostile answer', () => {
  it('is one of at least a hundred that are tried', () => {
    expect(new Set(INJECTION_PAYLOADS).size).toBeGreaterThanOrEqual(100);
    expect(new Set(INJECTION_PAYLOADS).size).toBe(INJECTION_PAYLOADS.length);
  });

  for (const payload of INJECTION_PAYLOADS) {
    it(`is nothing but our own elements and text: ${JSON.stringify(payload).slice(0, 80)}`, () => {
      for (const text of [
        payload,
        `Text ${payload} text`,
        `- ${payload}`,
        `**${payload}**`,
        `${payload}\n\n${payload}`,
      ]) {
        const rendered = markdownToHtml(text, PATHS);
        expect(leftOver(rendered)).not.toContain('<');
        for (const [, path] of rendered.matchAll(/data-path="([^"]*)"/g)) expect(PATHS).toContain(path);
        for (const [, type] of rendered.matchAll(/ type="([^"]*)"/g)) expect(type).toBe('button');
      }
    });
  }
});
