/** A secret's place in a text: UTF-16 offsets, `end` exclusive. Never the secret itself. */
export interface Finding {
  readonly start: number;
  readonly end: number;
  /** `github-token`, `private-key`, …: letters and hyphens, for counting and for the placeholder's name. */
  readonly kind: string;
}

/** Looks through one text; order and overlaps do not matter. */
export type Search = (text: string) => Finding[];

/** In order of place, overlapping ones made one; the longer finding names the kind. */
export function mergeFindings(findings: readonly Finding[]): Finding[] {
  const sorted = [...findings].sort((a, b) => a.start - b.start || b.end - a.end);
  const merged: Finding[] = [];
  for (const finding of sorted) {
    const last = merged.at(-1);
    if (last === undefined || finding.start >= last.end) {
      merged.push(finding);
    } else {
      const longer = finding.end - finding.start > last.end - last.start ? finding : last;
      merged[merged.length - 1] = {
        start: last.start,
        end: Math.max(last.end, finding.end),
        kind: longer.kind,
      };
    }
  }
  return merged;
}
