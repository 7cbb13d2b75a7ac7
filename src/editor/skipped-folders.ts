/** Folders of things that were fetched or built: nobody's own code, and far more of it than anybody wrote. */
const FOLDERS = [
  'node_modules',
  'dist',
  'out',
  'build',
  'target',
  'vendor',
  '.git',
  '.venv',
  'venv',
  '__pycache__',
  'coverage',
];

/** As `findFiles` takes it. */
export const SKIPPED_FOLDERS = `**/{${FOLDERS.join(',')}}/**`;

/** `path` relative to the workspace, with forward slashes. */
export const isInSkippedFolder = (path: string): boolean =>
  path
    .split('/')
    .slice(0, -1)
    .some((folder) => FOLDERS.includes(folder));
