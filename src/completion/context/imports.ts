/** What `text` imports, as written: `./store`, `../models/model`, `os.path`, `net/http`. */
export function importsIn(text: string): string[] {
  const found: string[] = [];
  const pattern = /(?:\bfrom|\brequire\(|\bimport\(?|#include|\buse)\s*["'<]?([\w@./:-]+)/g;
  for (const [, name] of text.matchAll(pattern)) if (name !== undefined) found.push(name);
  return found;
}

/** Whether the file at `path` is likely the one that `specifier` names: their last words are the same. */
export function isImported(path: string, specifier: string): boolean {
  const file = path.slice(path.lastIndexOf('/') + 1).replace(/\.\w+$/, '');
  const words = specifier.replace(/\.(?:[jt]sx?|py|mjs|cjs|h|hpp)$/, '').split(/[/.:]+/);
  const last = words.findLast((word) => word !== '');
  return last !== undefined && (last === file || (file === 'index' && path.split('/').at(-2) === last));
}
