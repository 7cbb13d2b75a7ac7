/** Changes code the way the instruction says, by simple rules; the result is whole code in the same language. */
export function rewrite(code: string, language: string, instruction: string): string {
  const python = language === 'python';
  if (/document|comment|docstring/i.test(instruction)) return documented(code, python);
  if (/\btests?\b/i.test(instruction)) return tested(code, python);
  const renamed = /rename\s+`?(\w+)`?\s+(?:to|as|into)\s+`?(\w+)`?/i.exec(instruction);
  if (renamed) return code.replaceAll(new RegExp(`\\b${renamed[1] ?? ''}\\b`, 'g'), renamed[2] ?? '');
  if (/type/i.test(instruction)) return typed(code, python);
  if (/extract/i.test(instruction)) return extracted(code, python);
  return simplified(code, python);
}

const HEAD = /^([ \t]*)(?:export\s+)?(?:async\s+)?(?:function|def|class)\s+(\w+)/m;

const words = (name: string): string =>
  name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase();

function documented(code: string, python: boolean): string {
  const head = HEAD.exec(code);
  if (head === null) return `${python ? '#' : '//'} What this does is said by its names.\n${code}`;
  const [whole, indent = '', name = ''] = head;
  const text = words(name).replace(/^./, (first) => first.toUpperCase());
  if (!python) return code.replace(whole, () => `${indent}/** ${text}. */\n${whole}`);
  const end = code.indexOf(':\n', head.index);
  return end === -1 ? code : `${code.slice(0, end + 2)}${indent}    """${text}."""\n${code.slice(end + 2)}`;
}

function tested(code: string, python: boolean): string {
  const name = HEAD.exec(code)?.[2] ?? 'subject';
  const test = python
    ? `\n\n\ndef test_${name}():\n    assert ${name} is not None\n`
    : `\n\ntest('${words(name)} is there', () => {\n  assert.ok(${name});\n});\n`;
  return code.trimEnd() + test.trimEnd();
}

function typed(code: string, python: boolean): string {
  return code.replace(
    /(\bfunction\s+\w+|\bdef\s+\w+)\(([^()]*)\)(\s*(?:->|:(?=\s*\w))?)/,
    (whole, head: string, list: string, tail: string) => {
      const parameters = list
        .split(',')
        .map((parameter) => parameter.trim())
        .map((parameter) =>
          parameter === '' || parameter === 'self' || parameter.includes(':')
            ? parameter
            : `${parameter}: ${python ? 'object' : 'unknown'}`,
        );
      return tail.trim() === '' || tail.trim() === ':' ? `${head}(${parameters.join(', ')})${tail}` : whole;
    },
  );
}

function extracted(code: string, python: boolean): string {
  const match = /^([ \t]*)return (.+?);?$/m.exec(code);
  const name = HEAD.exec(code)?.[2] ?? 'value';
  if (match === null) return simplified(code, python);
  const [whole, indent = '', value = ''] = match;
  const result = python
    ? `${indent}result = ${value}\n${indent}return result`
    : `${indent}const ${name}Result = ${value};\n${indent}return ${name}Result;`;
  return code.replace(whole, () => result);
}

function simplified(code: string, python: boolean): string {
  if (python)
    return code.replace(/\bif (\w+) == True\b/g, 'if $1').replace(/\bif (\w+) == False\b/g, 'if not $1');
  return code
    .replace(/\bvar\b/g, 'const')
    .replace(/([^=!])==([^=])/g, '$1===$2')
    .replace(/!=([^=])/g, '!==$1')
    .replace(/^([ \t]*)const (\w+) = (.+);\n\1return \2;$/gm, '$1return $3;');
}
