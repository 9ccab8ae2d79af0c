/** A state as shape, colour and word: never colour alone. */
import type { ReactNode } from 'react';
import type { Tone } from './tone.ts';

export type { Tone };

/** The shape alone, for a place where the word stands beside it. */
export function StatusShape({ tone }: { tone: Tone }) {
  return (
    <svg className={`x-shape x-tone-${tone}`} viewBox="0 0 12 12" width="10" height="10" aria-hidden="true">
      {tone === 'good' && <circle cx="6" cy="6" r="5" fill="currentColor" />}
      {tone === 'steady' && (
        <>
          <circle cx="6" cy="6" r="4.4" fill="none" stroke="currentColor" strokeWidth="1.6" />
          <path d="M6 1.6a4.4 4.4 0 0 0 0 8.8z" fill="currentColor" />
        </>
      )}
      {tone === 'warn' && <path d="M6 0.8 11.6 11H0.4z" fill="currentColor" />}
      {tone === 'bad' && <rect x="1" y="1" width="10" height="10" rx="1.5" fill="currentColor" />}
      {tone === 'blank' && (
        <circle cx="6" cy="6" r="4.4" fill="none" stroke="currentColor" strokeWidth="1.6" strokeDasharray="2.2 1.6" />
      )}
    </svg>
  );
}

/** Shape and word; `quiet` greys the word. */
export function StatusDot({ tone, label, quiet }: { tone: Tone; label: ReactNode; quiet?: boolean }) {
  return (
    <span className="x-dot">
      <StatusShape tone={tone} />
      <span className={quiet ? 'x-dot-label x-faint' : 'x-dot-label'}>{label}</span>
    </span>
  );
}
