/** The present, for what moves with it on the screen. */
import { useEffect, useState } from 'react';

/** Milliseconds since 1970 by this browser's clock, renewed every `everyMs`. */
export function useNowMs(everyMs: number): number {
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return nowMs;
}
