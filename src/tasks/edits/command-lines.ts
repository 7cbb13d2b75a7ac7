/** What in a TOML manifest names code that a build or a test run loads or starts by itself. */
const TELLING: ReadonlyMap<string, RegExp> = new Map([
  [
    'pyproject.toml',
    /build[-_](?:system|backend|hooks)|backend-path|scripts|tasks|hooks|entry[-_]?points|cmdclass|addopts|plugins|\bpoe\b|\bbuild\b/i,
  ],
  // `build = "other.rs"` is a build script under another name; runners and linkers come from `.cargo/config.toml`.
  ['cargo.toml', /\bbuild\b|\blinks\b|proc-macro|plugin/i],
]);

/**
 * The lines of a TOML manifest that say what runs: those that match, and all under a table whose name does. Read line
 * by line and rather too widely: more is refused than has to be, and no parser has to agree with the tools' own.
 */
export function commandLines(name: string, text: string): string {
  const telling = TELLING.get(name);
  if (telling === undefined) return '';
  const found: string[] = [];
  let inTable = false;
  for (const line of text.split(/\r?\n/).map((raw) => raw.trim())) {
    if (line === '' || line.startsWith('#')) continue;
    const tells = telling.test(line);
    if (tells && line.startsWith('[')) inTable = true;
    // A quoted text in brackets may be a row of a list, which ends no table.
    else if (/^\[\[?\s*[A-Za-z_][\w.\-"' ]*\]\]?\s*(?:#.*)?$/.test(line)) inTable = false;
    if (inTable || tells) found.push(line);
  }
  return found.join('\n');
}
