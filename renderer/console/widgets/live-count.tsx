/** A figure that rises while one looks: a change glows once, quietly, and never moves what stands around it. */
import { useEffect, useRef, useState } from 'react';

/** The figure; it glows only when it changes, never when it first appears. */
export function LiveCount({ value }: { value: number }) {
  const last = useRef(value);
  const [changes, setChanges] = useState(0);
  useEffect(() => {
    if (last.current === value) return;
    last.current = value;
    setChanges((n) => n + 1);
  }, [value]);
  return (
    <span key={changes} className={changes > 0 ? 'x-num x-live-count' : 'x-num'}>
      {value}
    </span>
  );
}
