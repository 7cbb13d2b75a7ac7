import { foldName } from '../../privacy/files/paths';

/** Folders whose files change what an editor, git, a build or an assistant does on its own. */
const FOLDERS = new Set(
  `
  .git .husky .githooks .hg .svn
  .vscode .vscode-insiders .vscode-oss .vscode-server .vscode-test .devcontainer .idea .fleet .zed .vs .nvim .direnv
  .cursor .claude .continue .windsurf .kiro .roo .cline .clinerules .amazonq .gemini .codex .junie .trae
  .circleci .buildkite .woodpecker
  .cargo .yarn .mvn node_modules .mise
  `
    .trim()
    .split(/\s+/),
);

const NAMES = new Set(
  `
  .switchyardignore .gitignore .gitattributes .gitmodules .gitconfig .git .devcontainer.json devcontainer.json
  tasks.json launch.json settings.json keybindings.json extensions.json mcp.json .mcp.json argv.json
  .pre-commit-config.yaml .pre-commit-hooks.yaml lefthook.yml lefthook.yaml .lefthook.yml .lintstagedrc .huskyrc
  .pnp.cjs .pnp.loader.mjs .pnpmfile.cjs .yarnrc .yarnrc.yml .npmrc .envrc .editorconfig
  .exrc .nvimrc .nvim.lua .lvimrc .vimrc .dir-locals.el
  .bashrc .bash_profile .bash_login .bash_logout .bash_aliases .profile .zshrc .zshenv .zprofile .zlogin .zlogout .inputrc
  .gdbinit .lldbinit .rprofile .irbrc .pryrc .tmux.conf sitecustomize.py usercustomize.py autorun.inf desktop.ini
  .mise.toml mise.toml .tool-versions build.rs
  .gitlab-ci.yml .travis.yml .drone.yml .woodpecker.yml .cirrus.yml jenkinsfile appveyor.yml .appveyor.yml
  azure-pipelines.yml bitbucket-pipelines.yml
  agents.md claude.md claude.local.md gemini.md .cursorrules .windsurfrules .clinerules .roorules .goosehints
  copilot-instructions.md
  `
    .trim()
    .split(/\s+/),
);

const ENDINGS = /\.(?:code-workspace|code-profile|vsix|desktop|lnk|url|scf|com|exe|msi|reg|pth)$/;

const PATHS: readonly RegExp[] = [
  // As git names them; elsewhere they do no harm unless git looks there, but nobody needs them from a model.
  /(?:^|\/)hooks\/(?:pre|post|applypatch|commit-msg|prepare-commit-msg|update|fsmonitor|reference-transaction|sendemail|push-to-checkout|proc-receive)[^/.]*$/,
  // Run by GitHub, Gitea and Forgejo on each push, with the repository's secrets; or read by assistants.
  /(?:^|\/)\.(?:github|gitea|forgejo)\/(?:workflows|actions|instructions|prompts|chatmodes|agents|hooks)\//,
  // Run in place of the build tools they are named for.
  /(?:^|\/)(?:gradlew|mvnw)(?:\.[^/]*)?$/,
  /(?:^|\/)gradle\/wrapper\//,
];

/**
 * True for settings, tasks, hooks, pipelines and instructions to assistants: what makes something run, or steers what
 * will be written, without anybody reading it first. `path` is relative to the workspace; looks at the text alone.
 */
export function isProtectedFile(path: string): boolean {
  // Folded: as the file system with the fewest differences would see the names.
  const names = path.split(/[/\\]/).map(foldName);
  const last = names.at(-1) ?? '';
  const folded = names.join('/');
  return (
    names.some((name) => FOLDERS.has(name)) ||
    NAMES.has(last) ||
    ENDINGS.test(last) ||
    PATHS.some((pattern) => pattern.test(folded))
  );
}
