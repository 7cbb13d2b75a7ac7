import type { JSX } from 'preact';

/** An icon of VS Code's own font. Decoration only: what it means also stands beside it, or in its button's label. */
export const Icon = ({ name }: { readonly name: string }): JSX.Element => (
  <i class={`codicon codicon-${name}`} aria-hidden="true" />
);
