import { applyEdits, planEdits, type FileFacts } from '../../../../src/tasks/edits/plan-edits';
import { guardPath } from '../../../../src/tasks/edits/path-guard';
import { EditReader, readEdits } from '../../../../src/tasks/edits/read-edits';
import { promise, type FuzzTarget } from '../target';

const FILES: Readonly<Record<string, string>> = {
  'src/cart.ts':
    'export function total(items) {\n  let sum = 0;\n  for (const item of items) sum += item.price;\n  return sum;\n}\n',
  'src/tax.ts': 'export const RATE = 0.2;\r\nexport const ROUND = 2;\r\n',
  'package.json': '{\n  "name": "shop",\n  "scripts": {\n    "test": "vitest"\n  }\n}\n',
};

const pair = (search: string, replace: string): string =>
  `<<<<<<< SEARCH\n${search}\n=======\n${replace}\n>>>>>>> REPLACE`;

/** Cut anywhere, an answer reads the same; whatever it proposes, a plan stays in the workspace and in its files. */
export const editReader: FuzzTarget = {
  name: 'edit-reader',
  seeds: [
    `Two changes:\n\n\`\`\`edit src/cart.ts\n${pair('  let sum = 0;', '  let sum = 1;')}\n${pair('  return sum;', '')}\n\`\`\`\nDone.`,
    `\`\`\`edit src/tax.ts\n${pair('export const RATE = 0.2;', 'export const RATE = 0.25;')}\n\`\`\``,
    `**src/new.ts**\n\`\`\`ts\n<<<<<<< SEARCH\n=======\nexport {};\n>>>>>>> REPLACE\n\`\`\``,
    `\`\`\`edit package.json\n${pair('    "test": "vitest"', '    "test": "vitest run"')}\n\`\`\``,
    `src/cart.ts\n${pair('let sum = 0;', 'let sum = 2;')}`,
  ],
  words: [
    '<<<<<<< SEARCH\n', '\n=======\n', '\n>>>>>>> REPLACE\n', '```edit ', '\n```\n', '~~~', '../', '/etc/passwd', 'C:\\', '.git/hooks/pre-commit',
    '.vscode/tasks.json', 'file:///', 'src/cart.ts', 'package.json', '\0', '%2e%2e/', '//server/share/', 'a.ts::$DATA', 'con', '"scripts"',
  ], // prettier-ignore
  run(answer, random) {
    const whole = readEdits(answer);
    const reader = new EditReader();
    for (let at = 0; at < answer.length;) {
      const to = at + 1 + Math.floor(random() * 30);
      reader.push(answer.slice(at, to));
      at = to;
    }
    promise(JSON.stringify(reader.end()) === JSON.stringify(whole), 'pieces read otherwise than the whole');

    const plan = planEdits(whole, (path): FileFacts => {
      promise(guardPath(path).ok, `asked about a refused path: ${path}`);
      const text = FILES[path];
      return text === undefined ? { kind: 'absent' } : { kind: 'file', text, given: text };
    });
    if (!plan.ok) {
      promise(plan.refusals.length > 0, 'refused without a reason');
      return;
    }
    for (const file of plan.files) {
      promise(guardPath(file.path).ok, `planned a refused path: ${file.path}`);
      if (file.kind === 'create') {
        promise(FILES[file.path] === undefined, 'would write over a file');
        continue;
      }
      const before = FILES[file.path];
      promise(before === file.before, 'planned for another text');
      let last = 0;
      for (const { start, end } of file.edits) {
        promise(
          start >= last && end >= start && end <= before.length,
          'offsets out of order or out of the file',
        );
        last = end;
      }
      const after = applyEdits(before, file.edits);
      const scripts = (text: string): string =>
        JSON.stringify((JSON.parse(text) as { scripts?: unknown }).scripts);
      if (file.path === 'package.json') promise(scripts(after) === scripts(before), 'changed a script');
    }
  },
};
