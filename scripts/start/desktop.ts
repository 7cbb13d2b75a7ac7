import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

/** Desktop VS Code, by its own program: unlike the `code` command, that one ends when it is told to. */
export interface DesktopVSCode {
  readonly executable: string;
  /** As `1.139.1`; empty where it could not be read. */
  readonly version: string;
}

/** @returns undefined where none is installed, or there is no screen to show it on */
export function findDesktopVSCode(env: NodeJS.ProcessEnv = process.env): DesktopVSCode | undefined {
  if (process.platform === 'linux' && !env['DISPLAY'] && !env['WAYLAND_DISPLAY']) return undefined;
  const executable = [...besideCommand(env), ...knownPlaces(env)].find((file) => existsSync(file));
  return executable === undefined ? undefined : { executable, version: versionOf(executable) };
}

/** Is `version` (`1.105.2`) at least `least` (`^1.105.0`)? One that could not be read is taken to be. */
export function isRecentEnough(version: string, least: string): boolean {
  if (version === '') return true;
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [leastMajor = 0, leastMinor = 0] = least.replace(/^\D*/, '').split('.').map(Number);
  return major > leastMajor || (major === leastMajor && minor >= leastMinor);
}

/** `code` on the PATH is a script in a `bin` folder beside the program, often behind a link. */
function besideCommand(env: NodeJS.ProcessEnv): readonly string[] {
  const command = process.platform === 'win32' ? 'code.cmd' : 'code';
  return (env['PATH'] ?? '')
    .split(path.delimiter)
    .map((folder) => path.join(folder, command))
    .filter((file) => existsSync(file))
    .map((file) => path.dirname(path.dirname(realpathSync(file))))
    .flatMap((app) => {
      if (process.platform === 'win32') return [path.join(app, 'Code.exe')];
      // .../Contents/Resources/app/bin/code
      if (process.platform === 'darwin') return macPrograms(path.resolve(app, '..', '..', '..'));
      return [path.join(app, 'code')];
    });
}

function knownPlaces(env: NodeJS.ProcessEnv): readonly string[] {
  if (process.platform === 'darwin') {
    const name = 'Visual Studio Code.app';
    return [path.join('/Applications', name), path.join(homedir(), 'Applications', name)].flatMap(
      macPrograms,
    );
  }
  if (process.platform === 'win32') {
    return [
      path.join(env['LOCALAPPDATA'] ?? '', 'Programs', 'Microsoft VS Code', 'Code.exe'),
      path.join(env['PROGRAMFILES'] ?? '', 'Microsoft VS Code', 'Code.exe'),
    ];
  }
  return ['/usr/share/code/code', '/opt/visual-studio-code/code', '/snap/code/current/usr/share/code/code'];
}

/** Its program was called Electron for years. */
const macPrograms = (app: string): readonly string[] =>
  ['Code', 'Electron'].map((name) => path.join(app, 'Contents', 'MacOS', name));

function versionOf(executable: string): string {
  const folder = path.dirname(executable);
  const resources =
    process.platform === 'darwin' ? path.join(folder, '..', 'Resources') : path.join(folder, 'resources');
  try {
    const manifest = readFileSync(path.join(resources, 'app', 'package.json'), 'utf8');
    return (JSON.parse(manifest) as { version: string }).version;
  } catch {
    return '';
  }
}
