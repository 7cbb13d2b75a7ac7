import { isDeniedFile } from '../../privacy/files/deny-list';
import { isProtectedFile } from './protected-files';

/** Why a path that a model wrote is not touched. */
export type PathRefusal =
  | 'empty'
  | 'too-long'
  | 'absolute' // from the root, a drive, a share, the home folder
  | 'uri' // a scheme, or a stream of a file
  | 'parent' // `..`, `.` or an empty name on the way
  | 'bad-character' // control characters, wildcards, backslashes, escapes
  | 'look-alike' // signs that look like others, or like nothing
  | 'reserved-name' // devices and short names of Windows; dots and spaces that it drops
  | 'protected' // settings, tasks, hooks: what makes the editor or git run something
  | 'denied-file'; // keys and credentials

export type GuardedPath =
  { readonly ok: true; readonly path: string } | { readonly ok: false; readonly why: PathRefusal };

/** The shortest of the usual limits (Windows without long paths) leaves this much below a workspace folder. */
const LONGEST_PATH = 240;

const DEVICE = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$|clock\$)(?:\..*)?$/i;
/** `GIT~1` is another name of `.git` on Windows. */
const SHORT_NAME = /~\d/;
const LOOK_ALIKE =
  /[\u00ad\u061c\u115f\u1160\u180e\u2000-\u200f\u2024-\u202f\u2044\u205f-\u206f\u2215\u2216\u2236\u2571\u2572\u29f5\u29f8\u29f9\u3000\u3164\ufe52\ufe55\ufe68\ufeff\uff0e\uff0f\uff1a\uff3c\ufff0-\uffff]|\u034f|\u17b4|\u17b5|[\u{e0000}-\u{e0fff}]/u;
/** What Unicode's compatibility forms turn into a sign with a meaning in paths. */
const MEANING = /[/\\:.~*?%]/;

/**
 * A path from an answer as one inside the workspace: relative, plain, and not of a file that could make anything run.
 * Looks at the text alone; where it leads on disk is for the caller to find out.
 */
export function guardPath(written: string): GuardedPath {
  const path = written.replace(/^(?:\.\/)+/, '').normalize('NFC');
  const why = refusalOf(path);
  return why === undefined ? { ok: true, path } : { ok: false, why };
}

function refusalOf(path: string): PathRefusal | undefined {
  if (path.trim() === '') return 'empty';
  if (path.length > LONGEST_PATH) return 'too-long';
  if (/^[/\\~]|^[A-Za-z]:/.test(path)) return 'absolute';
  if (path.includes(':')) return 'uri';
  if (hasLookAlike(path)) return 'look-alike';
  // eslint-disable-next-line no-control-regex -- control characters are exactly what is looked for
  if (/[\u0000-\u001f\u007f-\u009f<>"|?*\\\ud800-\udfff]|%(?:2e|2f|5c|00|25)/iu.test(path))
    return 'bad-character';
  const names = path.split('/');
  if (names.some((name) => name === '' || name === '.' || name === '..')) return 'parent';
  if (names.some((name) => DEVICE.test(name) || SHORT_NAME.test(name) || /[. ]$|^ /.test(name))) {
    return 'reserved-name';
  }
  if (isProtectedFile(path)) return 'protected';
  return isDeniedFile(`/${path}`) ? 'denied-file' : undefined;
}

function hasLookAlike(path: string): boolean {
  if (LOOK_ALIKE.test(path)) return true;
  for (const char of path) {
    if (char > '\u007f' && MEANING.test(char.normalize('NFKC'))) return true;
  }
  return false;
}
