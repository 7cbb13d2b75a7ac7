export interface FencedCode {
  /** The backticks it stands between. */
  readonly fence: string;
  readonly language: string;
  readonly text: string;
}

/** All fenced code blocks of a prompt, in order. */
export function fencesIn(prompt: string): readonly FencedCode[] {
  const blocks = prompt.matchAll(/^(`{3,})([\w+#.-]*)\n([\s\S]*?)\n\1$/gm);
  return [...blocks].map(([, fence = '```', language = '', text = '']) => ({ fence, language, text }));
}

export const lastFence = (prompt: string): FencedCode | undefined => fencesIn(prompt).at(-1);
