/**
 * How often the search for secrets is wrong on ordinary code, and how long it takes.
 *
 *   node scripts/run-ts.mjs --expose-gc test/bench/privacy/main.ts [--folder node_modules] [--limit 40000] [--show]
 *
 * `--show` prints each finding with its line: for judging, on files that are public anyway.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fileRef } from '../../../src/privacy/files/file-ref';
import { createGate } from '../../../src/privacy/gate';
import { createPlaceholders } from '../../../src/privacy/placeholders';
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
    escapes: '\\\\"'.repeat(66_000),
    'escaped names': '\\"token\\": \\"a1\\", '.repeat(10_000),
    brackets: '['.repeat(200_000),
    'joined strings': '"a" + '.repeat(33_000),
    'base64 of text': Buffer.from('a line of text\n'.repeat(10_000)).toString('base64'),
    'many words of base64': `${Buffer.from('some text 12').toString('base64')}_a1 `.repeat(10_000),
    headers: 'Authorization: Cookie: '.repeat(8_600),
    flags: ' --token --password'.repeat(10_500),
    manifests: 'kind: Secret\ndata:\n  a: b\n'.repeat(7_600),
    'line by line keys': 'key += "-----BEGIN PRIVATE KEY-----";\n'.repeat(5_200),
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

/** The whole gate on a prompt of one file: rules, search, placeholders, minting. */
async function gateSpeed(): Promise<void> {
  const document = readFileSync('node_modules/typescript/lib/typescript.d.ts', 'utf8').slice(0, 200_000);
  const gate = createGate({
    files: {
      check: () => Promise.resolve(undefined),
      checkNow: () => undefined,
      changed: () => undefined,
      display: () => '',
    },
    placeholders: createPlaceholders(),
    mayLeave: () => undefined,
  });
  const times: number[] = [];
  for (let i = 0; i < 21; i++) {
    // Another text each time: nothing may be remembered from the last.
    const text = `// ${i}\npassword = "kX9#mP2$vL${i}"\n${document}`;
    const begun = performance.now();
    await gate.prepare({
      system: [],
      turns: [
        {
          role: 'user',
          parts: [
            {
              needed: true,
              pieces: [{ from: 'file', file: fileRef('/w/a.ts'), document: text, numbered: i % 2 === 0 }],
            },
          ],
        },
      ],
    });
    if (i > 0) times.push(performance.now() - begun);
  }
  times.sort((a, b) => a - b);
  console.log(
    `the whole gate: 200,000 characters, median ${(times[10] ?? 0).toFixed(1)} ms, worst ${(times[19] ?? 0).toFixed(1)} ms`,
  );
}

/** Many searches: what stays in memory after each is too much. */
async function memory(): Promise<void> {
  const collect = (): number => {
    globalThis.gc?.();
    return process.memoryUsage().heapUsed / 1e6;
  };
  for (let i = 0; i < 200; i++) await findSecrets(`warm up ${i}`);
  const before = collect();
  for (let i = 0; i < 5_000; i++)
    await findSecrets(`const a${i} = "${i}"; password = "kX9#mP2$vL${i}";\n`.repeat(20));
  console.log(
    `memory after 5,000 searches: ${(collect() - before).toFixed(1)} MB more (run with --expose-gc)`,
  );
}

await falsePositives();
await speed();
await gateSpeed();
await memory();
