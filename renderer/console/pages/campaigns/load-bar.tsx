/** The share of open time that is promised, with a mark where it becomes tight. */
import { LOAD_WARNING } from '../../../../domain/plan/load-warning.ts';
import './load-bar.css';

/** `load`: 1 is all of the day; more overflows and fills the bar. */
export function LoadBar({ load }: { load: number }) {
  const tone = load > 1 ? 'bad' : load > LOAD_WARNING ? 'warn' : 'good';
  return (
    <span className={`c-load c-load-${tone}`} aria-hidden="true">
      <span className="c-load-fill" style={{ width: `${Math.min(1, load) * 100}%` }} />
      <span className="c-load-mark" style={{ left: `${LOAD_WARNING * 100}%` }} />
    </span>
  );
}
