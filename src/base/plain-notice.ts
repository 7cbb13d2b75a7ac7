/**
 * Text for notifications, titles and prompts, where VS Code turns `[words](command:…)` into a link that runs the
 * command. Names of files and models may come from anywhere, so no such link can be left in what they stand in.
 */
export const plainNotice = (text: string): string =>
  text.replaceAll('](', '] (').replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]+/gu, ' ');
