/** Direction marks and tags make code read otherwise than it runs (CVE-2021-42574). */
const HIDDEN = /[\u202a-\u202e\u2066-\u2069]|[\u{e0000}-\u{e007f}]/gu;

/** True where the text would hold more of any such character than before. */
export function addsHiddenCharacters(before: string, after: string): boolean {
  const now = counts(after);
  if (now.size === 0) return false;
  const was = counts(before);
  return [...now].some(([char, count]) => count > (was.get(char) ?? 0));
}

function counts(text: string): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const [char] of text.matchAll(HIDDEN)) found.set(char, (found.get(char) ?? 0) + 1);
  return found;
}
