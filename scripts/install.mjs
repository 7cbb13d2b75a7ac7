/** What a fresh clone needs before anything else can run; plain Node, for there is nothing else yet. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * `npm ci`, unless what is installed is what package-lock.json asks for.
 * @param {string} root the project's folder
 */
export async function installPackages(root) {
  const [major] = process.versions.node.split('.').map(Number);
  if (major < 20) throw new Error(`Node 20 or newer is needed; this is ${process.version}.`);
  if (await upToDate(root)) return;
  console.log('Installing the packages of the project (npm ci) ...');
  const started = Date.now();
  const { npm_execpath: cli } = process.env;
  const flags = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const [command, args] = cli?.endsWith('.js')
    ? [process.execPath, [cli, ...flags]]
    : process.platform === 'win32'
      ? ['cmd.exe', ['/d', '/s', '/c', 'npm', ...flags]]
      : ['npm', flags];
  const code = await new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit' });
    child.once('error', reject);
    child.once('exit', resolve);
  });
  if (code !== 0) throw new Error('npm ci failed; its own words are above.');
  console.log(`Installed in ${((Date.now() - started) / 1000).toFixed(0)} s.`);
}

/**
 * npm writes down what it installed; a package that is missing there, or in another version, is out of date.
 * @param {string} root
 */
async function upToDate(root) {
  const installed = path.join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installed)) return false;
  const have = JSON.parse(await readFile(installed, 'utf8')).packages;
  const want = JSON.parse(await readFile(path.join(root, 'package-lock.json'), 'utf8')).packages;
  return Object.entries(want).every(
    ([name, entry]) => name === '' || entry.optional || have[name]?.version === entry.version,
  );
}
