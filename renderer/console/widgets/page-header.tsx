/** The head of a page: its title, a line about it, and what can be done there. */
import type { ReactNode } from 'react';

/** `actions` stand at the right, below the title on a narrow window; `back` stands above the title. */
export function PageHeader({
  title,
  note,
  back,
  actions,
}: {
  title: ReactNode;
  note?: ReactNode;
  back?: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <div className="x-page-header">
      <div className="x-grow">
        {back && <div className="x-page-back">{back}</div>}
        <h1>{title}</h1>
        {note && <p>{note}</p>}
      </div>
      {actions && <div className="x-page-actions">{actions}</div>}
    </div>
  );
}
