/** What a page is made of. All addresses are those a webview may load. */
export interface PageParts {
  readonly title: string;
  readonly script: string;
  readonly styles: readonly string[];
  /** Where styles and fonts may come from. */
  readonly source: string;
  /** Fresh for every page, and not to be guessed. */
  readonly nonce: string;
}

/** Nothing but the page's own script and styles: no remote content, nothing inline, and no way to send a form. */
export const contentPolicy = ({ source, nonce }: Pick<PageParts, 'source' | 'nonce'>): string =>
  [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${source}`,
    `font-src ${source}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');

/** A page that says one thing and can do nothing. */
export const noteDocument = (text: string): string => `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'">
<title>Switchyard</title>
</head>
<body><p role="status">${text}</p></body>
</html>`;

/** The whole document; what it shows reaches it as data, after it has loaded. */
export const pageDocument = (parts: PageParts): string => `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentPolicy(parts)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
${parts.styles.map((style) => `<link rel="stylesheet" href="${style}">`).join('\n')}
<title>${parts.title}</title>
</head>
<body>
<main id="root"></main>
<script nonce="${parts.nonce}" src="${parts.script}"></script>
</body>
</html>`;
