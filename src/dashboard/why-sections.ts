/** A heading with what stands under it, as "why" sends it: lines of details are indented under theirs. */
export interface WhySection {
  /** Absent for lines that come before any heading. */
  readonly heading?: string;
  readonly lines: readonly string[];
}

/** Puts lines back under their headings. A line that is not indented and has nothing under it is a plain sentence. */
export function whySections(lines: readonly string[]): WhySection[] {
  const sections: { heading?: string; lines: string[] }[] = [];
  lines.forEach((line, index) => {
    const indented = /^\s/.test(line);
    const last = sections.at(-1);
    if (indented && last !== undefined) last.lines.push(line.trim());
    else if (!indented && /^\s/.test(lines[index + 1] ?? '')) sections.push({ heading: line, lines: [] });
    else if (last !== undefined && last.heading === undefined) last.lines.push(line.trim());
    else sections.push({ lines: [line.trim()] });
  });
  return sections;
}
