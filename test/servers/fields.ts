/** Reading fields of a request whose shape nobody has checked. */
export type Fields = Readonly<Record<string, unknown>>;

export const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};

export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

export const numberOf = (value: unknown, otherwise: number): number =>
  typeof value === 'number' ? value : otherwise;

export const textsOf = (value: unknown): readonly string[] =>
  typeof value === 'string'
    ? [value]
    : listOf(value).filter((item): item is string => typeof item === 'string');
