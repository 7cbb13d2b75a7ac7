/** The engines that can be shipped, by VS Code's name of the platform, with the package that carries the binding. */
export const TARGETS = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'win32-x64': 'win-x64',
  'win32-arm64': 'win-arm64',
  'darwin-x64': 'mac-x64',
  // There is no package without Metal for Apple silicon.
  'darwin-arm64': 'mac-arm64-metal',
} as const;

export type Target = keyof typeof TARGETS;

export const isTarget = (name: string): name is Target => Object.hasOwn(TARGETS, name);

/** Undefined where no engine is made for this machine. */
export function ownTarget(): Target | undefined {
  const name = `${process.platform}-${process.arch}`;
  return isTarget(name) ? name : undefined;
}
