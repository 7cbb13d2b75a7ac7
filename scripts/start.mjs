/** `npm start`: installs what is missing, builds, and opens VS Code with Switchyard in it. See start/main.ts. */
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { installPackages } from './install.mjs';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

try {
  await installPackages(ROOT);
  // Only now: both need installed packages.
  const { bundle } = await import('./run-ts.mjs');
  const { file, dispose } = await bundle(path.join(ROOT, 'scripts', 'start', 'main.ts'));
  const { open } = await import(pathToFileURL(file).href).finally(dispose);
  // npm runs us in the project's folder; INIT_CWD is where the user was.
  process.exit(await open(process.argv.slice(2), build, process.env.INIT_CWD ?? process.cwd()));
} catch (error) {
  console.error(`\nSwitchyard did not start. ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}

/** The package for this machine with its engine, or where there is none to be had, the one for all. */
async function build() {
  const { makePackage } = await import('./package.mjs');
  try {
    return await makePackage([], `${process.platform}-${process.arch}`);
  } catch (error) {
    console.log(`Without the engine inside: ${error instanceof Error ? error.message : String(error)}`);
    return makePackage();
  }
}
