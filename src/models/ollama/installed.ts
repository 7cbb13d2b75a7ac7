import path from 'node:path';

/** Where Ollama's installers put its program; an editor that was started from the desktop may not have these in PATH. */
const PLACES = [
  '/usr/local/bin',
  '/opt/homebrew/bin',
  '/usr/bin',
  '/Applications/Ollama.app/Contents/Resources',
];

/** Whether Ollama is installed on this machine, running or not. */
export function hasOllama(env: NodeJS.ProcessEnv, exists: (file: string) => boolean): boolean {
  const { PATH = '', LOCALAPPDATA } = env;
  const onWindows = LOCALAPPDATA === undefined ? [] : [path.join(LOCALAPPDATA, 'Programs', 'Ollama')];
  return [...PATH.split(path.delimiter), ...PLACES, ...onWindows]
    .filter((folder) => folder !== '')
    .some((folder) => exists(path.join(folder, 'ollama')) || exists(path.join(folder, 'ollama.exe')));
}
