import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { SIMPLER } from './day-answers';
import { shareWorkbench } from './shared-workbench';

const FILE = 'shop/discounts.ts';

describe('an edit that the local model could do', () => {
  const shared = shareWorkbench({ openFiles: [FILE] });

  async function simplify(): Promise<void> {
    const lines = (await readFile(path.join(shared.host.workspace, FILE), 'utf8')).split('\n');
    const first = lines.findIndex((line) => line.includes('export function bestDiscount')) + 1;
    await shared.workbench.openFile('discounts.ts');
    await shared.workbench.editor.selectLines(first, first + 7);
    await shared.workbench.command('Switchyard: Simplify');
  }

  test('is offered with what it would take here and on Claude; by keyboard, it then runs here', async () => {
    shared.local = () => SIMPLER;
    await shared.workbench.command('Switchyard: Enter Claude Key');
    await shared.workbench.answerInputBox('sk-ant-for-tests-0123456789');
    await shared.workbench.toast(/The key works/).waitFor();

    await simplify();
    await shared.workbench.quickPickRow('Run Edits Like This Here').waitFor();
    await shared.host.page.keyboard.press('Escape');
    await simplify();
    const here = shared.workbench.quickPickRow('Run Edits Like This Here');
    await here.waitFor();
    expect(await here.getAttribute('aria-label')).toMatch(/qwen2\.5-coder:7b: free, .*Claude takes over/);
    const cloud = shared.workbench.quickPickRow('Always Use Claude');
    expect(await cloud.getAttribute('aria-label')).toMatch(/claude-sonnet-5-5: \$0\.\d+, about \d/);
    await shared.host.page.keyboard.press('Enter');

    await shared.workbench.toast(/^Proposal by qwen2\.5-coder:7b \(free\)/).waitFor();
    expect(shared.cloudRequests).toEqual([]);
    await shared.workbench.clickToastButton(/^Proposal by/, 'Reject');
  });

  test('is not asked about again', async () => {
    const question = shared.workbench.quickPickRow('Run Edits Like This Here');

    await simplify();

    await shared.workbench.toast(/^Proposal by qwen2\.5-coder:7b \(free\)/).waitFor();
    expect(await question.count()).toBe(0);
    expect(shared.cloudRequests).toEqual([]);
  });

  test('can be had from Claude instead, and then from nobody else', async () => {
    shared.cloud = () => SIMPLER;

    await shared.workbench.command('Switchyard: Ask Claude Instead');

    await shared.workbench.toast(/^Proposal by claude-sonnet-5-5/).waitFor();
    expect(shared.cloudRequests).toHaveLength(1);
    expect(await shared.workbench.offersCommand('Switchyard: Ask Claude Instead')).toBe(false);
    await shared.workbench.command('Switchyard: Reject Proposal');
  });

  test('goes on to Claude where the parser objects, and says so', async () => {
    shared.local = () => '```ts\nexport function bestDiscount( {\n```\n';

    await simplify();

    const proposal = shared.workbench.toast(/^Proposal by claude-sonnet-5-5/);
    await proposal.waitFor();
    expect(await proposal.textContent()).toMatch(/The local answer was doubtful: \d new syntax errors?/);
  });
});
