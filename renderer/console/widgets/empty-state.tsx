/** What stands where there is nothing yet: what would be here, and how to begin. */
import { InboxOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';

/** `children` is the action that begins; `icon` replaces the usual one. */
export function EmptyState({
  title,
  note,
  icon,
  children,
}: {
  title: ReactNode;
  note?: ReactNode;
  icon?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <div className="x-empty">
      <div className="x-empty-icon">{icon ?? <InboxOutlined />}</div>
      <h2>{title}</h2>
      {note && <p>{note}</p>}
      {children}
    </div>
  );
}
