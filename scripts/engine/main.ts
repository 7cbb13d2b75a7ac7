import path from 'node:path';
import { PROJECT } from '../../test/host/places';
import { assembleEngine } from './assemble';
import { isTarget, ownTarget, TARGETS } from './targets';

/** `main.ts [TARGET [FOLDER]]`: puts the engine for a platform (by default this one) into dist/engine. */
const [name = ownTarget() ?? '', folder = path.join(PROJECT, 'dist', 'engine')] = process.argv.slice(2);
if (!isTarget(name)) {
  console.error(`There is no engine for '${name}'. There are: ${Object.keys(TARGETS).join(', ')}.`);
  process.exitCode = 2;
} else await assembleEngine(name, path.resolve(folder));
