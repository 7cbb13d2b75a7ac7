import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** Which folder may import which: the house's arrows (README, "How the code is laid out") as a rule. */
const VSCODE = { name: 'vscode', message: 'Only src/editor/ and src/extension.ts know VS Code.' };
/** As a rule on imports it would also forbid `import * as z`, which is the form to use. */
const NO_NAMED_ZOD = {
  selector: "ImportDeclaration[source.value='zod'] > ImportSpecifier",
  message: "`import * as z from 'zod'`: the named import pulls in 450 kB.",
};

/** Text reaches a cloud through the privacy gate alone: nobody else may make, or read behind the gate, its type. */
const MINT = {
  group: ['**/cloud-text', '**/cloud-text.ts'],
  importNames: ['mintCloudText', 'peekCloudText'],
  message: 'Only src/privacy/gate.ts makes CloudText, and only the preview reads it without sending.',
};
/** The rule above sees no `import()`. */
const NO_DYNAMIC_MINT = {
  selector: 'ImportExpression[source.value=/cloud-text/]',
  message: 'Import cloud-text by name, so that the rule on who may make CloudText can see it.',
};

/** What these show may name files and models; `window/` makes it plain first, so that nothing in it becomes a link or an icon. */
const NO_RAW_WINDOW = {
  selector:
    "MemberExpression[object.property.name='window'][property.name=/^(show(Information|Warning|Error)Message|(show|create)QuickPick|(show|create)InputBox|withProgress)$/]",
  message: 'Show it through src/editor/window/, which makes texts plain.',
};

/**
 * The arrows: what each folder may import besides itself. What no folder is given here, `editor`, is the top: it alone
 * may import everything.
 * @type {Record<string, string[]>}
 */
const MAY_USE = {
  base: [],
  reactive: [],
  syntax: [],
  pages: [],
  privacy: ['base'],
  models: ['base', 'privacy'],
  completion: ['base', 'models'],
  routing: ['base', 'reactive', 'models', 'privacy'],
  tasks: ['base', 'models', 'privacy', 'routing'],
  ledger: ['base', 'reactive', 'models', 'routing'],
  dashboard: ['base', 'pages', 'models', 'privacy', 'routing', 'ledger'],
  answer: ['base', 'pages', 'routing', 'tasks'],
};

/** Each provider is known to itself and to the editor alone: routing and the rest see the one interface. */
const PROVIDERS = ['ollama', 'claude', 'openai', 'inside'];

/**
 * By the path up to src/, so that a file of the folder's name inside another folder is not meant; only `ledger` has an
 * index, which is imported by the folder's name alone.
 */
const forbid = (/** @type {string} */ folder, /** @type {string} */ message) => ({
  regex: `^(\\.\\./)+${folder}(/|${folder === 'ledger' ? '$' : '/'})`,
  message,
});

/** @param {string} folder */
function layer(folder, files = [`src/${folder}/**/*.{ts,tsx}`], mint = [MINT]) {
  const others = ['editor', ...Object.keys(MAY_USE)].filter((name) => name !== folder);
  const forbidden = others.filter((name) => !MAY_USE[folder]?.includes(name));
  const patterns = [
    ...forbidden.map((name) => forbid(name, `src/${folder}/ must not depend on src/${name}/.`)),
    ...(folder === 'models'
      ? []
      : PROVIDERS.map((name) => forbid(`models/${name}`, `src/${folder}/ must know no provider by name.`))),
    ...mint,
  ];
  const reactive = forbidden.includes('reactive')
    ? [{ name: 'callbag-recharge', message: `src/${folder}/ must not depend on src/reactive/.` }]
    : [];
  return {
    files,
    rules: { 'no-restricted-imports': ['error', { paths: [VSCODE, ...reactive], patterns }] },
  };
}

export default tseslint.config(
  { ignores: ['node_modules', 'dist', 'out', 'coverage', '.vscode-test', 'test/sample'] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked.map((config) => ({ ...config, files: ['**/*.{ts,tsx}'] })),
  {
    files: ['**/*.{ts,tsx}'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      'max-lines': ['error', { max: 400 }],
      'max-lines-per-function': ['error', { max: 70, skipBlankLines: true, skipComments: true }],
      'no-restricted-imports': ['error', { paths: [VSCODE], patterns: [MINT] }],
      'no-restricted-syntax': ['error', NO_DYNAMIC_MINT, NO_NAMED_ZOD],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  ...Object.keys(MAY_USE).map((folder) => layer(folder)),
  layer('privacy', ['src/privacy/gate.ts', 'src/privacy/preview.ts'], []),
  {
    files: ['test/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { paths: [VSCODE] }], 'no-restricted-syntax': 'off' },
  },
  {
    files: ['src/editor/**/*.ts', 'src/extension.ts', 'test/vscode/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { paths: [], patterns: [MINT] }] },
  },
  {
    files: ['src/editor/**/*.ts', 'src/extension.ts'],
    rules: {
      // A promise that fails unheard is a button that does nothing: `failures.ts` is for those nobody awaits.
      '@typescript-eslint/no-floating-promises': ['error', { ignoreVoid: false }],
    },
  },
  {
    files: ['src/editor/**/*.ts'],
    ignores: ['src/editor/window/**'],
    rules: { 'no-restricted-syntax': ['error', NO_DYNAMIC_MINT, NO_NAMED_ZOD, NO_RAW_WINDOW] },
  },
  {
    files: ['test/**/*.ts'],
    rules: { 'max-lines-per-function': 'off', '@typescript-eslint/no-non-null-assertion': 'error' },
  },
  {
    files: ['**/*.mjs', '**/*.js'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        fetch: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
        setInterval: 'readonly',
        clearInterval: 'readonly',
        Buffer: 'readonly',
        AbortSignal: 'readonly',
        AbortController: 'readonly',
      },
    },
  },
);
