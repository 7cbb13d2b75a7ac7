import { changesWhatRuns } from './changes-what-runs';
import { addsHiddenCharacters } from './hidden-characters';
import { isProtectedFile } from './protected-files';

export type ChangeRefusal = 'protected' | 'hidden-characters' | 'changes-what-runs';

/**
 * Why a model's new text of a file is not written, whoever chose the file; undefined where nothing stands against it.
 * `path` is relative to the workspace; `before` is the whole text now (empty for a new file), `after` the whole text
 * then.
 */
export function refuseChange(path: string, before: string, after: string): ChangeRefusal | undefined {
  if (isProtectedFile(path)) return 'protected';
  if (addsHiddenCharacters(before, after)) return 'hidden-characters';
  return changesWhatRuns(path, before, after) ? 'changes-what-runs' : undefined;
}
