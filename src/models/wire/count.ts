/**
 * A count as a server sent it, or `otherwise` where it is none: fields may be missing where a gateway answers in the
 * API's place, and JSON can write numbers that are no counts (`-5`, `1e999`).
 */
export const countOf = (value: unknown, otherwise = 0): number =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0 ? Math.floor(value) : otherwise;
