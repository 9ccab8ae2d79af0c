/** How much height is left below an element, for tables that scroll within themselves. */
import { type RefObject, useLayoutEffect, useState } from 'react';

/** Pixels from the top of `anchor` to the bottom of the window less `belowPx`; at least `leastPx`. */
export function useFillHeight(anchor: RefObject<HTMLElement | null>, belowPx: number, leastPx: number): number {
  const [height, setHeight] = useState(leastPx);
  useLayoutEffect(() => {
    const measure = (): void => {
      const top = anchor.current ? anchor.current.getBoundingClientRect().top + window.scrollY : 0;
      setHeight(Math.max(leastPx, Math.round(window.innerHeight - top - belowPx)));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    if (anchor.current?.parentElement) observer.observe(anchor.current.parentElement);
    window.addEventListener('resize', measure);
    return () => {
      observer.disconnect();
      window.removeEventListener('resize', measure);
    };
  }, [anchor, belowPx, leastPx]);
  return height;
}
