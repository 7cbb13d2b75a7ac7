import { describe, expect, it } from 'vitest';
import { refuseChange } from '../../../../src/tasks/edits/refuse-change';

describe('a file whose text makes something run is never changed', () => {
  it.each(
    `.github/workflows/ci.yml .github/actions/setup/action.yml .github/copilot-instructions.md .gitlab-ci.yml
    .circleci/config.yml Jenkinsfile .cargo/config.toml .cargo/config crates/a/build.rs .kiro/hooks/a.json .exrc .zshrc .bashrc .profile .gdbinit src/sitecustomize.py lib/a.pth
    .nvim.lua .nvimrc .yarn/releases/yarn.cjs node_modules/a/index.js packages/a/node_modules/b/c.js gradlew
    gradlew.bat gradle/wrapper/gradle-wrapper.properties mvnw mvnw.cmd .mvn/extensions.xml .mise.toml .tool-versions
    .vscode-insiders/settings.json AGENTS.md docs/CLAUDE.md .cursorrules .VSCODE/x.json .git\\hooks\\pre-commit`.split(
      /\s+/,
    ),
  )('%s', (path) => expect(refuseChange(path, 'a', 'b')).toBe('protected'));
});

it.each(
  `src/build.ts src/agents.ts docs/github/workflows.md src/hooks/use-state.ts workflows/a.ts src/node_modules.ts
  gradle/libs.ts cargo/config.ts .github/CODE_OF_CONDUCT.md`.split(/\s+/),
)('a file of a like name is an ordinary one: %s', (path) =>
  expect(refuseChange(path, 'a', 'b')).toBeUndefined(),
);

describe('characters that hide what code does', () => {
  it('are not added, not even a second time', () => {
    expect(refuseChange('a.ts', 'x', 'x\u202e')).toBe('hidden-characters');
    expect(refuseChange('a.ts', 'x\u202e', 'x\u202ey\u202e')).toBe('hidden-characters');
    expect(refuseChange('a.ts', 'x\u202e', 'x\u2066')).toBe('hidden-characters');
  });

  it('may stay or go', () => {
    expect(refuseChange('a.ts', 'x\u202e', 'y\u202e')).toBeUndefined();
    expect(refuseChange('a.ts', 'x\u202e', 'x')).toBeUndefined();
  });
});

describe('a manifest', () => {
  const json = (value: object): string => JSON.stringify(value, undefined, 2);

  it.each([
    ['package.json', { packageManager: 'pnpm@9' }],
    ['package.json', { jest: { globalSetup: './a.js' } }],
    ['package.json', { prettier: './a.js' }],
    ['package.json', { eslintConfig: { plugins: ['a'] } }],
    ['composer.json', { scripts: { 'post-install-cmd': 'sh a' } }],
    ['deno.json', { tasks: { dev: 'sh a' } }],
  ])('keeps what it runs: %s %j', (name, added) => {
    const before = { name: 'a', version: '1.0.0' };
    expect(refuseChange(`x/${name}`, json(before), json({ ...before, ...added }))).toBe('changes-what-runs');
    expect(refuseChange(`x/${name}`, json(before), json({ ...before, version: '2.0.0' }))).toBeUndefined();
  });

  it('that cannot be read counts as changed', () => {
    expect(refuseChange('deno.jsonc', '{ // why\n}', '{ // how\n}')).toBe('changes-what-runs');
  });

  const PYTHON = `[project]
name = "a"
version = "1.0.0"

[project.scripts]
serve = "a:main"

[build-system]
requires = ["hatchling"]
`;

  it.each([
    ['serve = "a:main"', 'serve = "b:main"'],
    ['requires = ["hatchling"]', 'requires = ["hatchling", "evil"]'],
    ['version = "1.0.0"', 'version = "1.0.0"\n[tool.pytest.ini_options]\naddopts = "-p evil"'],
    ['serve = "a:main"', 'serve = "a:main"\nmore = [\n["x"]\n]\nx = "y:main"'],
    ['version = "1.0.0"', 'version = "1.0.0"\n[tool.poe.tasks]\ntest = "sh a"'],
  ])('of Python keeps what it runs: %s to %s', (from, to) =>
    expect(refuseChange('pyproject.toml', PYTHON, PYTHON.replace(from, to))).toBe('changes-what-runs'),
  );

  it('of Python may change in all else', () => {
    expect(refuseChange('pyproject.toml', PYTHON, PYTHON.replace('1.0.0', '1.1.0'))).toBeUndefined();
  });

  it('of Rust keeps its build script', () => {
    const before = '[package]\nname = "a"\nversion = "1.0.0"\n';
    expect(refuseChange('Cargo.toml', before, `${before}build = "evil.rs"\n`)).toBe('changes-what-runs');
    expect(refuseChange('Cargo.toml', before, before.replace('1.0.0', '1.1.0'))).toBeUndefined();
  });
});
