/** Gives the raw value of a setting; anything may stand in a settings file. */
export type RawSetting = (key: string) => unknown;

/** Reads settings one by one: a value of the wrong kind counts as not set, and spoils no other. */
export class SettingValues {
  constructor(private readonly raw: RawSetting) {}

  text(key: string): string {
    const value = this.raw(key);
    return typeof value === 'string' ? value.trim() : '';
  }

  flag(key: string): boolean {
    return this.raw(key) === true;
  }

  /** For switches that protect: whatever is set and is not plainly "off" counts as on. */
  guard(key: string): boolean {
    const value = this.raw(key);
    return value !== false && value !== undefined && value !== null;
  }

  oneOf<const Choice extends string>(key: string, choices: readonly Choice[], otherwise: Choice): Choice {
    const value = this.raw(key);
    return choices.find((choice) => choice === value) ?? otherwise;
  }

  /** A number in [least, most]; undefined where there is none. */
  number(key: string, least: number, most: number): number | undefined {
    const value = this.raw(key);
    return typeof value === 'number' && value >= least && value <= most ? value : undefined;
  }

  /** A cap in USD; one that is no amount holds everything back, since somebody meant to set one. */
  cap(key: string): number | undefined {
    const value = this.raw(key);
    if (value === undefined || value === null) return undefined;
    return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : 0;
  }

  flags(key: string): Readonly<Record<string, boolean>> {
    const value = this.raw(key);
    if (typeof value !== 'object' || value === null) return {};
    return Object.fromEntries(
      Object.entries(value).filter((entry): entry is [string, boolean] => typeof entry[1] === 'boolean'),
    );
  }
}
