import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** Which folder may import which: the house's arrows (README, "How the code is laid out") as a rule. */
const VSCODE = { name: 'vscode', message: 'Only src/editor/ and src/extension.ts know VS Code.' };
const ZOD = { name: 'zod', importNames: ['z'], message: "`import * as z from 'zod'`: the named import pulls in 450 kB." };

/** @param {string} folder @param {string[]} forbidden folders it must not reach into */
const layer = (folder, forbidden) => ({
  files: [`src/${folder}/**/*.{ts,tsx}`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        paths: [VSCODE, ZOD],
        patterns: forbidden.map((other) => ({
          group: [`**/${other}/**`, `**/${other}`],
          message: `src/${folder}/ must not depend on src/${other}/.`,
        })),
      },
    ],
  },
});

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
      'no-restricted-imports': ['error', { paths: [VSCODE, ZOD] }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  layer('reactive', ['routing', 'models', 'completion', 'tasks', 'privacy', 'ledger', 'editor', 'dashboard', 'answer']),
  layer('models', ['routing', 'completion', 'tasks', 'ledger', 'editor', 'dashboard', 'answer']),
  layer('privacy', ['routing', 'models', 'completion', 'tasks', 'ledger', 'editor', 'dashboard', 'answer']),
  layer('completion', ['routing', 'tasks', 'ledger', 'editor', 'dashboard', 'answer']),
  layer('routing', ['completion', 'tasks', 'ledger', 'editor', 'dashboard', 'answer', 'ollama', 'claude', 'openai']),
  layer('tasks', ['completion', 'ledger', 'editor', 'dashboard', 'answer']),
  layer('ledger', ['completion', 'tasks', 'editor', 'dashboard', 'answer']),
  {
    files: ['src/editor/**/*.ts', 'src/extension.ts', 'test/vscode/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { paths: [ZOD] }] },
  },
  {
    files: ['test/**/*.ts'],
    rules: { 'max-lines-per-function': 'off', '@typescript-eslint/no-non-null-assertion': 'error' },
  },
  {
    files: ['**/*.mjs', '**/*.js'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly', fetch: 'readonly', setTimeout: 'readonly', clearTimeout: 'readonly', setInterval: 'readonly', clearInterval: 'readonly', Buffer: 'readonly', AbortSignal: 'readonly', AbortController: 'readonly' } },
  },
);
