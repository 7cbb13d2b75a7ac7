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

/** @param {string} folder @param {string[]} forbidden folders it must not reach into */
const layer = (folder, forbidden, files = [`src/${folder}/**/*.{ts,tsx}`], mint = [MINT]) => ({
  files,
  rules: {
    'no-restricted-imports': [
      'error',
      {
        paths: [VSCODE],
        patterns: [
          ...forbidden.map((other) => ({
            group: [`**/${other}/**`, `**/${other}`],
            message: `src/${folder}/ must not depend on src/${other}/.`,
          })),
          ...mint,
        ],
      },
    ],
  },
});

const BESIDE_PRIVACY = [
  'routing',
  'models',
  'completion',
  'tasks',
  'ledger',
  'editor',
  'dashboard',
  'answer',
];

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
  layer('reactive', [
    'routing',
    'models',
    'completion',
    'tasks',
    'privacy',
    'ledger',
    'editor',
    'dashboard',
    'answer',
  ]),
  layer('models', ['routing', 'completion', 'tasks', 'ledger', 'editor', 'dashboard', 'answer']),
  layer('privacy', BESIDE_PRIVACY),
  layer('privacy', BESIDE_PRIVACY, ['src/privacy/gate.ts', 'src/privacy/preview.ts'], []),
  layer('completion', ['routing', 'tasks', 'ledger', 'editor', 'dashboard', 'answer']),
  layer('routing', [
    'completion',
    'tasks',
    'ledger',
    'editor',
    'dashboard',
    'answer',
    'ollama',
    'claude',
    'openai',
  ]),
  layer('tasks', ['completion', 'ledger', 'editor', 'dashboard', 'answer']),
  layer('ledger', ['completion', 'tasks', 'editor', 'dashboard', 'answer']),
  {
    files: ['test/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { paths: [VSCODE] }], 'no-restricted-syntax': 'off' },
  },
  {
    files: ['src/editor/**/*.ts', 'src/extension.ts', 'test/vscode/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { paths: [], patterns: [MINT] }] },
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
