/** A section of the campaign form: a title, a line about it, its fields. */
import type { ReactNode } from 'react';

type Props = { title: string; lead?: string; fault?: string | null; aside?: ReactNode; children: ReactNode };

/** `aside` stands at the right of the title; `fault` concerns the section as a whole. */
export function FormSection({ title, lead, fault, aside, children }: Props) {
  return (
    <section className="x-panel c-section">
      <header>
        <div className="x-grow">
          <h2>{title}</h2>
          {lead && <p className="c-section-lead">{lead}</p>}
        </div>
        {aside}
      </header>
      {children}
      {fault && (
        <p className="f-fault" role="alert">
          {fault}
        </p>
      )}
    </section>
  );
}
