import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { PROJECT } from '../host/places';

/** The package `npm run package` made: what users install is what the paths use. */
export function packagedExtension(): string {
  const manifest = JSON.parse(readFileSync(path.join(PROJECT, 'package.json'), 'utf8')) as {
    version: string;
  };
  const file = path.join(PROJECT, `switchyard-${manifest.version}.vsix`);
  if (!existsSync(file)) throw new Error(`${file} is missing: npm run package makes it.`);
  return file;
}
