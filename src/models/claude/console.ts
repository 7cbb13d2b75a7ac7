/** Pages of Claude's console, for people: where keys are made, and where credit is bought. */
export const CLAUDE_CONSOLE = {
  keys: 'https://platform.claude.com/settings/keys',
  billing: 'https://platform.claude.com/settings/billing',
} as const;
