import { describe, expect, it } from 'vitest';
import { indentationSyntax } from '../../../src/completion/syntax';

/** The text up to where the block ends. */
function block(before: string, text: string): string {
  return text.slice(0, indentationSyntax.blockEnd({ languageId: 'typescript', before, text }));
}

describe('where a block ends, by indentation', () => {
  it('before a line further left', () => {
    expect(block('def f():\n    ', 'return 1\n\ndef g():\n')).toBe('return 1\n');
  });

  it('behind the bracket that closes it', () => {
    expect(block('if (x) {\n  ', 'run();\n}\nelse();\n')).toBe('run();\n}');
  });

  it('not at blank lines or deeper ones', () => {
    expect(block('  ', 'a(() => {\n\n    b();\n  });\n  c();')).toBe('a(() => {\n\n    b();\n  });\n  c();');
  });

  it('not in code that stands at the left edge', () => {
    expect(block('', 'a();\nb();\n')).toBe('a();\nb();\n');
  });

  it('not between the lines of a block comment', () => {
    expect(block('\t/*\n\t * One', ' two\n\t */\n\trun();')).toBe(' two\n\t */\n\trun();');
  });
});
