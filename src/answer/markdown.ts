import MarkdownIt, { type Env, type Token } from 'markdown-it';
import { findAnswerLinks } from '../tasks/answer-links';
import { diffLines, editedFile, type DiffLine } from './edit-block';
import { highlight } from './highlight';
import { sanitise } from './sanitise';

/** An answer longer than this is cut: no model writes so much, and a page must not hang on one that loops. */
const LONGEST = 2_000_000;

/** A model's answer as HTML for the page. `links`: the paths that `path:line` may lead to. */
export function renderAnswer(text: string, links: readonly string[]): string {
  const paths = new Set(links);
  return sanitise(markdownToHtml(text, paths), paths);
}

/**
 * Markdown as HTML made of our own elements alone. HTML in the answer is shown as text. Nothing is loaded and nothing
 * can be followed but files of `paths`: an image becomes its description, a web address stands there to be read and
 * copied, and every other scheme (`command:`, `vscode:`, `javascript:`, `data:`, `file:`) stays the text it was.
 */
export function markdownToHtml(text: string, paths: ReadonlySet<string>): string {
  const cut = text.length > LONGEST ? `${text.slice(0, LONGEST)}\n\n…` : text;
  return markdown.render(cut, { [PATHS]: paths });
}

/** Under which the renderer's environment carries the paths. */
const PATHS = Symbol('paths');

const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false, highlight });
markdown.validateLink = (url) => isWeb(url) || !/^[a-z][a-z0-9+.-]*:|^[/\\#?]/i.test(url.trim());
const { rules } = markdown.renderer;
const escape = (text: string): string => markdown.utils.escapeHtml(text);

rules['image'] = (tokens, index) => {
  const token = tokens[index];
  const target = attribute(token, 'src');
  return `[image: ${escape(token?.content ?? '')}] <span class="target">(${escape(target)})</span>`;
};

const { fence } = rules;
rules['fence'] = (tokens, index, options, env, renderer) => {
  const token = tokens[index];
  const file = editedFile(markdown.utils.unescapeAll(token?.info ?? ''));
  if (token === undefined || file === undefined) return fence?.(tokens, index, options, env, renderer) ?? '';
  const name = `<code>${escape(file)}</code>`;
  const title = pathsOf(env).has(file) ? `${fileButton(file, undefined)}${name}</button>` : name;
  return `<p>${title}</p><pre><code>${diffLines(token.content).map(diffLine).join('\n')}</code></pre>\n`;
};

/** Signs tell the lines apart where colours do not. */
function diffLine({ kind, text }: DiffLine): string {
  switch (kind) {
    case 'same':
      return `  ${escape(text)}`;
    case 'removed':
      return `<span class="hljs-deletion">- ${escape(text)}</span>`;
    case 'added':
      return `<span class="hljs-addition">+ ${escape(text)}</span>`;
    case 'gap':
      return '<span class="hljs-comment">⋯</span>';
  }
}

rules['code_inline'] = (tokens, index, _options, env) => {
  const content = tokens[index]?.content ?? '';
  const code = `<code>${escape(content)}</code>`;
  const [link] = findAnswerLinks(`\`${content}\``, pathsOf(env));
  return link === undefined ? code : `${fileButton(link.path, link.line)}${code}</button>`;
};

rules['link_open'] = (tokens, index, _options, env) => {
  const file = fileOf(tokens[index], pathsOf(env));
  return file === undefined ? '<span class="link">' : fileButton(file.path, file.line);
};

rules['link_close'] = (tokens, index, _options, env) => {
  const open = openingOf(tokens, index);
  if (fileOf(open, pathsOf(env)) !== undefined) return '</button>';
  const target = attribute(open, 'href');
  // `<https://…>` already shows where it leads.
  return open?.info === 'auto' ? '</span>' : `</span> <span class="target">(${escape(target)})</span>`;
};

for (const name of ['th_open', 'td_open']) {
  rules[name] = (tokens, index, options, _env, renderer) => {
    const token = tokens[index];
    // Markdown aligns by a style attribute, which the page's policy does not allow.
    const side = /left|right|center/.exec(attribute(token, 'style'))?.[0];
    if (token !== undefined) token.attrs = side === undefined ? [] : [['class', `align-${side}`]];
    return renderer.renderToken(tokens, index, options);
  };
}

const attribute = (token: Token | undefined, name: string): string => String(token?.attrGet(name) ?? '');

function pathsOf(env: Env | undefined): ReadonlySet<string> {
  const paths = env?.[PATHS];
  return paths instanceof Set ? (paths as ReadonlySet<string>) : new Set();
}

const isWeb = (url: string): boolean => /^https?:\/\//i.test(url.trim());

const fileButton = (path: string, line: number | undefined): string =>
  `<button type="button" class="file" data-path="${escape(path)}"${line === undefined ? '' : ` data-line="${String(line)}"`}>`;

/** `[text](src/a.ts#L12)`, `[text](./src/a.ts:12)`: a file, if it is one of those that may be opened. */
function fileOf(
  token: Token | undefined,
  paths: ReadonlySet<string>,
): { path: string; line?: number } | undefined {
  const href = attribute(token, 'href');
  const [, written = '', line] =
    /^(?:\.\/)?([^#]*?)(?:(?:#L?|:)(\d{1,7})(?:-L?\d{1,7})?)?$/i.exec(href) ?? [];
  const path = decoded(written);
  if (path === undefined || !paths.has(path)) return undefined;
  return line === undefined ? { path } : { path, line: Number(line) };
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** The link that is closed at `index`; Markdown has no links inside links. */
function openingOf(tokens: readonly Token[], index: number): Token | undefined {
  for (let at = index - 1; at >= 0; at--) if (tokens[at]?.type === 'link_open') return tokens[at];
  return undefined;
}
