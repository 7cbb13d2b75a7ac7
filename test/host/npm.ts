import { run } from './process';

/**
 * `npm install` in `folder`, without install scripts: what we install needs none, and a compiler may be missing.
 * @param packages `name@version`; none means what the folder's own package.json lists
 */
export async function npmInstall(
  folder: string,
  packages: readonly string[],
  flags: readonly string[] = [],
): Promise<void> {
  const args = [
    'install',
    '--prefix',
    folder,
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
    ...flags,
    ...packages,
  ];
  const env = withoutNpmSettings(process.env);
  const cli = process.env['npm_execpath'];
  if (cli?.endsWith('.js')) await run(process.execPath, [cli, ...args], { cwd: folder, env });
  else if (process.platform === 'win32') {
    await run('cmd.exe', ['/d', '/s', '/c', 'npm', ...args], { cwd: folder, env });
  } else await run('npm', args, { cwd: folder, env });
}

/**
 * `npm test` hands the project's settings to whatever it runs (`npm_config_local_prefix` and others); an
 * install elsewhere must not take them for its own. Where packages come from, and by which proxy, stays.
 */
function withoutNpmSettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const keep = /^npm_config_(registry|cache|.*proxy|cafile|ca|strict_ssl|userconfig|globalconfig|.*:.*)$/i;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^npm_/i.test(name) || keep.test(name)));
}
