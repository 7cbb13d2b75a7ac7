import { oneLine } from './one-line';

/**
 * Text for messages, titles, prompts and rows of lists, where VS Code turns `[words](command:…)` into a link that runs
 * the command, and draws `$(name)` as an icon. Names of files and models may come from anywhere, so neither can be left
 * in what they stand in.
 */
export const plainNotice = (text: string): string =>
  oneLine(text).replaceAll('](', '] (').replaceAll('$(', '$ (');
