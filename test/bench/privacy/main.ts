/**
 * How often the search for secrets is wrong on ordinary code, and how long it takes.
 *
 *   node scripts/run-ts.mjs test/bench/privacy/main.ts [--folder node_modules] [--limit 40000] [--show]
 *
 * `--show` prints each finding with its line: for judging, on files that are public anyway.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findSecrets } from '../../../src/privacy/secrets/find-secrets';

const { values } = parseArgs({
  options: {
    folder: { type: 'string', default: 'node_modules' },
    limit: { type: 'string', default: '40000' },
    show: { type: 'boolean', default: false },
  },
});

const SOURCES =
  /\.(?:[cm]?[jt]sx?|json|md|ya?ml|css|scss|html|py|go|rs|java|rb|php|c|h|cc|cpp|cs|sh|toml|xml|txt)$/;
/** Written by machines: bundles, maps, minified files. */
const MACHINE = /\/\.cache\/|\.min\.|\.map$|bundle|\/dist\/.*\.umd\./;

function* sourceFiles(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* sourceFiles(path);
    else if (entry.isFile() && SOURCES.test(entry.name) && !MACHINE.test(path)) yield path;
  }
}

async function falsePositives(): Promise<void> {
  const byKind = new Map<string, number>();
  let files = 0;
  let flagged = 0;
  for (const path of sourceFiles(values.folder)) {
    if (files >= Number(values.limit)) break;
    if (statSync(path).size > 200_000) continue;
    const text = readFileSync(path, 'utf8');
    files += 1;
    const found = await findSecrets(text);
    if (found.length > 0) flagged += 1;
    for (const { kind, start, end } of found) {
      byKind.set(kind, (byKind.get(kind) ?? 0) + 1);
      if (values.show)
        console.log(
          kind,
          path,
          '|',
          text.slice(Math.max(0, start - 50), Math.min(end, start + 80)).replaceAll(/\s+/g, ' '),
        );
    }
  }
  console.log(`${files} files, ${flagged} flagged (${((flagged / files) * 1000).toFixed(2)} per 1,000)`);
  console.log(Object.fromEntries(byKind));
}

async function speed(): Promise<void> {
  const source = readFileSync('node_modules/typescript/lib/typescript.d.ts', 'utf8');
  const inputs: Record<string, string> = {
    'ordinary code': source.slice(0, 200_000),
    'code full of keys':
      'const a = { password: "hunter2!x", token: "ghp_0123456789abcdefABCDEF0123456789abcd" };\n'.repeat(
        2_400,
      ),
    'one character': 'a'.repeat(200_000),
    base64: 'QUJDREVG'.repeat(25_000),
    'begin lines': '-----BEGIN PRIVATE KEY-----\n'.repeat(7_000),
    'end lines': '-----END PRIVATE KEY-----\n'.repeat(7_600),
    addresses: 'a://b:c'.repeat(28_000),
    names: 'password='.repeat(22_000),
    quotes: 'token: "'.repeat(25_000),
    spaces: 'secret' + ' '.repeat(199_000),
    dots: 'eyJ'.repeat(66_000),
    dashes: 'sk-ant-'.repeat(28_000),
  };
  for (const [name, text] of Object.entries(inputs)) {
    const times: number[] = [];
    for (let i = 0; i < 15; i++) {
      const begun = performance.now();
      await findSecrets(text);
      times.push(performance.now() - begun);
    }
    times.sort((a, b) => a - b);
    console.log(
      `${name}: ${text.length} characters, median ${(times[7] ?? 0).toFixed(1)} ms, worst ${(times[14] ?? 0).toFixed(1)} ms`,
    );
  }
}

await falsePositives();
await speed();
