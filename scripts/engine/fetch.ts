import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { cached } from '../../test/host/cache';
import { npmInstall } from '../../test/host/npm';
import { TARGETS, type Target } from './targets';

/** Counts how often the steps below changed. */
const REVISION = 1;

/** By its own rule npm waits more than a minute for a registry that is not there; we can do without the engine. */
const ONE_RETRY = '--fetch-retries=1';

const LOCK = path.join(import.meta.dirname, 'package-lock.json');

interface Lock {
  readonly packages: Readonly<Record<string, { readonly version: string; readonly integrity?: string }>>;
}

/**
 * The library, 50 MB with what it needs, in the user's cache: exactly the versions of the lock file beside this. That
 * names the newest version of which npm gives out the bindings of all platforms in `TARGETS`: of 3.22.1 it has Linux's
 * alone (November 2026).
 */
export async function library(): Promise<string> {
  const { version } = await libraryEntry();
  const folder = await cached(`engine/${version}-${REVISION}`, async (draft) => {
    for (const file of [LOCK, path.join(path.dirname(LOCK), 'package.json')]) {
      await copyFile(file, path.join(draft, path.basename(file)));
    }
    // The optional packages are the bindings of every platform and GPU, 725 MB on Linux.
    await npmInstall(draft, [], ['--omit=optional', ONE_RETRY]);
  });
  return path.join(folder, 'node_modules');
}

/** The binding of one platform, this one or another: the folder with its files. */
export async function binding(target: Target): Promise<string> {
  const name = `@node-llama-cpp/${TARGETS[target]}`;
  const { version } = await libraryEntry();
  const integrity = (await readLock(LOCK)).packages[`node_modules/${name}`]?.integrity;
  const folder = await cached(`engine/${version}-${REVISION}-${target}`, async (draft) => {
    await mkdir(draft, { recursive: true });
    await writeFile(path.join(draft, 'package.json'), '{"private":true}');
    // `--force`: the package of another platform, to be shipped and not to be run here.
    await npmInstall(draft, [`${name}@${version}`], ['--force', ONE_RETRY]).catch((error: unknown) => {
      throw new Error(`npm does not give out ${name}@${version}, so there is no engine for ${target}.`, {
        cause: error,
      });
    });
    const got = await readLock(path.join(draft, 'package-lock.json'));
    if (integrity === undefined || got.packages[`node_modules/${name}`]?.integrity !== integrity) {
      throw new Error(`${name}@${version} is not the package it was when its version was chosen.`);
    }
  });
  return path.join(folder, 'node_modules', name, 'bins');
}

async function libraryEntry(): Promise<{ readonly version: string }> {
  const entry = (await readLock(LOCK)).packages['node_modules/node-llama-cpp'];
  if (entry === undefined) throw new Error('node-llama-cpp is not in scripts/engine/package-lock.json.');
  return entry;
}

const readLock = async (file: string): Promise<Lock> => JSON.parse(await readFile(file, 'utf8')) as Lock;
