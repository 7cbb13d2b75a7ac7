/** Words every file is full of tell nothing about which files belong together. */
const COMMON = new Set(
  'const let var function return import from export default class interface type extends implements public private protected readonly static async await new this super null undefined true false string number boolean void any def self None True False elif else for while if try except finally with pass raise lambda yield func package struct map range err nil int error'.split(
    ' ',
  ),
);

/** Names in `text` that say something: three letters or more, no keyword. */
export function namesIn(text: string): Set<string> {
  const names = new Set<string>();
  for (const [name] of text.matchAll(/[A-Za-z_$][\w$]{2,}/g)) if (!COMMON.has(name)) names.add(name);
  return names;
}
