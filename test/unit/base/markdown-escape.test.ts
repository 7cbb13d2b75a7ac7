import MarkdownIt from 'markdown-it';
import { describe, expect, it } from 'vitest';
import { escapeForVsCodeMarkdown } from '../../../src/base/markdown-escape';
import { INJECTION_PAYLOADS } from '../../fixtures/injection-payloads';

/** As lenient as a Markdown reader can be: HTML, bare links and all. */
const lenient = new MarkdownIt({ html: true, linkify: true, typographer: true });
lenient.validateLink = () => true;

describe('a name, price or path in a tooltip', () => {
  it('is read as it was written', () => {
    expect(lenient.renderInline(escapeForVsCodeMarkdown('qwen2.5-coder:7b *new* [x](y)'))).toBe(
      'qwen2.5-coder:7b *new* [x](y)',
    );
  });

  it('keeps to its line, and hides nothing', () => {
    expect(escapeForVsCodeMarkdown('a\n\nb\tc\u202ed\u0007')).toBe('a b cd');
  });

  for (const payload of INJECTION_PAYLOADS) {
    it(`is nothing but text: ${JSON.stringify(payload).slice(0, 80)}`, () => {
      const escaped = escapeForVsCodeMarkdown(payload);
      const rendered = lenient.render(escaped).trim();
      expect(rendered).toMatch(/^(?:<p>[^<>]*<\/p>)?$/);
      // VS Code looks for icons in what Markdown made of it, before references are decoded by the page.
      expect(escaped).not.toContain('$(');
    });
  }
});
