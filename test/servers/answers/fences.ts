export interface FencedCode {
  /** The backticks it stands between. */
  readonly fence: string;
  readonly language: string;
  readonly text: string;
  /** The file named in the line above it, where there is one. */
  readonly file?: string;
}

const BLOCK = /(?:^File (.+?)(?: \(lines \d+ to \d+\))?:\n)?^(`{3,})([\w+#.-]*)\n([\s\S]*?)\n\2$/gm;

/** All fenced code blocks of a prompt, in order. */
export function fencesIn(prompt: string): readonly FencedCode[] {
  return [...prompt.matchAll(BLOCK)].map(([, file, fence = '```', language = '', text = '']) => ({
    fence,
    language,
    text,
    ...(file === undefined ? {} : { file }),
  }));
}

export const lastFence = (prompt: string): FencedCode | undefined => fencesIn(prompt).at(-1);
