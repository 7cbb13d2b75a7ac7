/** Gives the raw value of a setting; anything may stand in a settings file. */
export type RawSetting = (key: string) => unknown;

/** Reads settings one by one: a value of the wrong kind counts as not set, and spoils no other. */
export class SettingValues {
  /** Settings whose value was of the wrong kind, for the user to hear of. */
  readonly misread = new Set<string>();

  constructor(private readonly raw: RawSetting) {}

  text(key: string): string {
    const value = this.#read(key, (set) => typeof set === 'string');
    return typeof value === 'string' ? value.trim() : '';
  }

  flag(key: string): boolean {
    return this.#read(key, (set) => typeof set === 'boolean') === true;
  }

  /** For switches that protect: whatever is set and is not plainly "off" counts as on. */
  guard(key: string): boolean {
    const value = this.#read(key, (set) => typeof set === 'boolean');
    return value !== false && value !== undefined && value !== null;
  }

  oneOf<const Choice extends string>(key: string, choices: readonly Choice[], otherwise: Choice): Choice {
    const known = (value: unknown): Choice | undefined => choices.find((choice) => choice === value);
    return known(this.#read(key, (set) => known(set) !== undefined)) ?? otherwise;
  }

  /** A number in [least, most]; undefined where there is none. */
  number(key: string, least: number, most: number): number | undefined {
    const fits = (value: unknown): value is number =>
      typeof value === 'number' && value >= least && value <= most;
    const value = this.#read(key, fits);
    return fits(value) ? value : undefined;
  }

  /** A cap in USD; one that is no amount holds everything back, since somebody meant to set one. */
  cap(key: string): number | undefined {
    const isAmount = (value: unknown): value is number =>
      typeof value === 'number' && Number.isFinite(value) && value >= 0;
    const value = this.#read(key, isAmount);
    if (value === undefined || value === null) return undefined;
    return isAmount(value) ? value : 0;
  }

  flags(key: string): Readonly<Record<string, boolean>> {
    const value = this.#read(key, isObject);
    if (!isObject(value)) return {};
    const entries = Object.entries(value);
    const flags = entries.filter((entry): entry is [string, boolean] => typeof entry[1] === 'boolean');
    if (flags.length < entries.length) this.misread.add(key);
    return Object.fromEntries(flags);
  }

  /** What is set, noted where it is of the wrong kind; what is not set is of no kind. */
  #read(key: string, fits: (value: unknown) => boolean): unknown {
    const value = this.raw(key);
    if (value !== undefined && value !== null && !fits(value)) this.misread.add(key);
    return value;
  }
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
