import type { ComponentChildren, JSX } from 'preact';

interface SectionProps {
  readonly id: string;
  readonly title: string;
  /** What the figures are about, where that is not the chosen range. */
  readonly note?: string;
  readonly aside?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** A part of the page with a heading that screen readers can jump to. */
export const Section = ({ id, title, note, aside, children }: SectionProps): JSX.Element => (
  <section class={`section ${id}`} aria-labelledby={`${id}-title`}>
    <div class="section-head">
      <h2 id={`${id}-title`}>{title}</h2>
      {note !== undefined && <span class="quiet">{note}</span>}
      {aside}
    </div>
    {children}
  </section>
);
