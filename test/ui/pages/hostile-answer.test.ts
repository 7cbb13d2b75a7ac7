import { describe, expect, it } from 'vitest';
import type { AnswerView, BlockView, TurnView } from '../../../src/answer/protocol';
import { INJECTION_PAYLOADS } from '../../fixtures/injection-payloads';
import type { ShownPage } from './page-host';
import { shareHost } from './share-host';

/** A page that holds all payloads at once is slow to draw; in batches it is not. */
const BATCH = 70;
const BATCHES = Array.from({ length: Math.ceil(INJECTION_PAYLOADS.length / BATCH) }, (_, index) =>
  INJECTION_PAYLOADS.slice(index * BATCH, (index + 1) * BATCH),
);
/** What the page may tell the editor, whatever is clicked. */
const KNOWN_MESSAGES = ['ready', 'open', 'copy', 'copy-code', 'why', 'review-edits', 'ask-cloud', 'notice'];

const open = shareHost();
let shown: ShownPage;

const block = (id: string, text: string, over: Partial<BlockView> = {}): BlockView => ({
  id,
  track: 'cloud',
  model: 'claude-sonnet-5-5',
  standIn: false,
  status: 'done',
  text,
  ...over,
});

const asked = (index: number, text: string, over: Partial<TurnView> = {}): TurnView => ({
  question: 'What is wrong here?',
  blocks: [block(`${index}-0`, text)],
  canAskCloud: false,
  editFiles: 1,
  requestId: String(index),
  ...over,
});

const view = (turns: readonly TurnView[], links: readonly string[] = []): AnswerView => ({
  title: 'Ask about 2 files',
  demo: false,
  turns,
  canAsk: true,
  links,
});

/** An edit as an answer writes it down, with a hostile path, hostile lines to search, and hostile lines instead. */
const edit = (path: string, lines: string): string =>
  [
    '```edit ' + path,
    '<<<<<<< SEARCH',
    lines,
    '=======',
    `${lines}\n${lines}`,
    '>>>>>>> REPLACE',
    '```',
  ].join('\n');

async function show(hostile: AnswerView): Promise<void> {
  shown = await open({ page: 'answer' });
  await shown.page.evaluate(() => {
    Object.assign(window, { owned: () => Object.assign(window, { wasOwned: true }) });
  });
  await shown.post({ type: 'view', view: hostile });
}

/** Presses everything that can be pressed, and points at everything that reacts to it. */
async function useEverything(): Promise<void> {
  await shown.page.evaluate(() => {
    for (const element of document.querySelectorAll<HTMLElement>('main *')) {
      for (const type of ['pointerenter', 'mouseover', 'focusin', 'click'])
        element.dispatchEvent(new MouseEvent(type, { bubbles: true, cancelable: true }));
    }
  });
}

/** Nothing ran, nothing was loaded, nothing leads anywhere, and the page stayed what it was. */
async function expectOnlyText(): Promise<void> {
  const found = await shown.page.evaluate(() => {
    const harmful =
      'script, iframe, object, embed, img, image, svg, math, form, link, style, base, meta, a, template';
    const elements = [...document.querySelectorAll(`main :is(${harmful})`)].map(({ outerHTML }) => outerHTML);
    const handlers = [...document.querySelectorAll('main .turn *')].flatMap((element) =>
      element.getAttributeNames().filter((name) => /^(?:on|style|href|src|action|id$|name$)/.test(name)),
    );
    const roots = document.querySelectorAll('#root').length;
    return {
      elements,
      handlers,
      roots,
      owned: Reflect.get(window, 'wasOwned') === true,
      title: document.title,
    };
  });
  expect(found).toEqual({ elements: [], handlers: [], roots: 1, owned: false, title: 'Switchyard' });
  expect(await shown.troubles()).toEqual([]);
  const sent = (await shown.sent()) as readonly { readonly type: string }[];
  expect(sent.filter(({ type }) => !KNOWN_MESSAGES.includes(type))).toEqual([]);
}

describe.each(BATCHES.map((payloads, index) => ({ index, payloads })))(
  'the view of a question, attacked with batch $index',
  ({ payloads }) => {
    it('shows answers as text', async () => {
      await show(view(payloads.map((payload, index) => asked(index, payload))));
      await useEverything();
      await expectOnlyText();
    });

    it('shows answers as text while they stream in', async () => {
      await show(view([asked(0, '', { blocks: [block('0-0', '', { status: 'running' })] })]));
      for (const payload of payloads) {
        const half = Math.ceil(payload.length / 2);
        await shown.post({ type: 'append', block: '0-0', text: `\n\n${payload.slice(0, half)}` });
        await shown.post({ type: 'append', block: '0-0', text: payload.slice(half) });
      }
      await expectOnlyText();
    });

    it('shows proposed edits as text, their paths too', async () => {
      await show(view(payloads.map((payload, index) => asked(index, edit(payload, payload)))));
      await useEverything();
      await expectOnlyText();
    });

    it('opens a file of a hostile name by that name, and no other', async () => {
      const text = payloads.map((payload) => `${edit(payload, 'x')}\n\n\`${payload}\`\n\n[x](<${payload}>)`);
      await show(view([asked(0, text.join('\n\n'))], payloads));
      await useEverything();
      await expectOnlyText();
      const opened = ((await shown.sent()) as readonly { type: string; path?: string }[]).flatMap(
        ({ type, path }) => (type === 'open' && path !== undefined ? [path] : []),
      );
      expect(opened.filter((path) => !payloads.includes(path))).toEqual([]);
    });

    it('shows names, questions, costs, reasons and what was kept back as text', async () => {
      await show({
        ...view(
          payloads.map((payload, index) =>
            asked(index, payload, {
              question: payload,
              blocks: [
                block(`${index}-0`, payload, {
                  model: payload,
                  announced: payload,
                  ending: payload,
                  cost: payload,
                  time: payload,
                  privacy: payload,
                  kept: [payload],
                }),
              ],
              canAskCloud: true,
              cloudEstimate: payload,
              notice: { severity: 'error', text: payload, action: { title: payload, id: payload } },
            }),
          ),
        ),
        title: payloads.join(' '),
        followUp: payloads.join(' '),
      });
      await useEverything();
      await expectOnlyText();
    });
  },
);
