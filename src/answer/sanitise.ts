import DOMPurify, { type Config } from 'dompurify';

/**
 * What an answer may consist of: the elements our Markdown makes, and nothing that loads, runs, navigates, submits or
 * styles. A list of what is allowed, because lists of what is not are never whole.
 */
export const ALLOWED_TAGS = [
  'p', 'br', 'hr', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'strong', 'em', 's', 'code', 'pre', 'blockquote', 'ul', 'ol',
  'li', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'span', 'button',
] as const; // prettier-ignore
export const ALLOWED_ATTRIBUTES = ['class', 'data-path', 'data-line', 'type', 'start'] as const;

const ALLOWED_CLASS =
  /^(?:hljs(?:-[a-z_-]{1,40})?|language-[a-z0-9+#_-]{1,30}|link|target|file|align-(?:left|right|center)|[a-z]+_{1,2})$/;

const CONFIG: Config = {
  ALLOWED_TAGS: [...ALLOWED_TAGS],
  ALLOWED_ATTR: [...ALLOWED_ATTRIBUTES],
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  ALLOWED_NAMESPACES: ['http://www.w3.org/1999/xhtml'],
  RETURN_TRUSTED_TYPE: false,
};

/**
 * HTML that may be put into the page. The second line of defence: what comes in was made by `markdown.ts`, which lets
 * no HTML of the answer through. Needs a DOM. `paths`: the files that buttons may name.
 */
export function sanitise(html: string, paths: ReadonlySet<string>): string {
  const purify = DOMPurify(window);
  purify.addHook('uponSanitizeAttribute', (_node, data) => {
    switch (data.attrName) {
      case 'class':
        data.attrValue = data.attrValue
          .split(/\s+/)
          .filter((name) => ALLOWED_CLASS.test(name))
          .join(' ');
        data.keepAttr = data.attrValue !== '';
        break;
      case 'data-path':
        data.keepAttr = paths.has(data.attrValue);
        break;
      case 'data-line':
      case 'start':
        data.keepAttr = /^\d{1,9}$/.test(data.attrValue);
        break;
      case 'type':
        data.keepAttr = data.attrValue === 'button';
        break;
      default:
        data.keepAttr = false;
    }
  });
  return purify.sanitize(html, CONFIG);
}
