/** Runs in a page: notes when each film's frames reach the screen, and which element they belong to. */

/** A frame of a film as the compositor was given it: `atMs` its expected time of display on the page's clock. */
export type SeenFrame = { atMs: number; element: number; source: string };

/** To be given to `addInitScript`: fills `window.seenFrames`. */
export function watchFrames(): void {
  const seen: SeenFrame[] = [];
  Object.assign(window, { seenFrames: seen });
  const elements: HTMLVideoElement[] = [];
  const numberOf = (element: HTMLVideoElement): number => {
    if (!elements.includes(element)) elements.push(element);
    return elements.indexOf(element);
  };
  const isShown = (element: HTMLVideoElement): boolean => {
    const plane = element.closest('.plane');
    const onTop = plane === null || plane.hasAttribute('data-on');
    return onTop && getComputedStyle(element).visibility === 'visible' && element.style.opacity !== '0';
  };
  const ask = HTMLVideoElement.prototype.requestVideoFrameCallback;
  const watched = new WeakSet<HTMLVideoElement>();
  const watch = (element: HTMLVideoElement): void => {
    if (watched.has(element)) return;
    watched.add(element);
    const note = (_now: number, frame: VideoFrameCallbackMetadata): void => {
      if (isShown(element))
        seen.push({ atMs: frame.expectedDisplayTime, element: numberOf(element), source: element.currentSrc });
      ask.call(element, note);
    };
    ask.call(element, note);
    // The first frame of a prepared film was presented while it was hidden; it is seen from the switch on.
    const switched = new MutationObserver(() => {
      if (!isShown(element) || element.readyState < 2) return;
      const atMs = Number(document.timeline.currentTime) + 1000 / 60;
      const last = seen.at(-1);
      if (last?.element !== numberOf(element) || last.source !== element.currentSrc)
        seen.push({ atMs, element: numberOf(element), source: element.currentSrc });
    });
    for (const target of [element, element.closest('.plane')])
      if (target) switched.observe(target, { attributes: true, attributeFilter: ['style', 'data-on'] });
  };
  const created = document.createElement.bind(document);
  document.createElement = ((name: string, options?: ElementCreationOptions) => {
    const element = created(name, options);
    if (element instanceof HTMLVideoElement) setTimeout(() => watch(element), 0);
    return element;
  }) as typeof document.createElement;
}

/** At each change of film, milliseconds from the last frame of the one to the first of the next, and from that to its second. */
export function changesOfFilm(seen: readonly SeenFrame[]): { gaps: number[]; starts: number[] } {
  const gaps: number[] = [];
  const starts: number[] = [];
  for (let k = 1; k < seen.length; k += 1) {
    const before = seen[k - 1];
    const first = seen[k];
    const second = seen[k + 1];
    if (!before || !first || before.element === first.element) continue;
    gaps.push(first.atMs - before.atMs);
    if (second && second.element === first.element) starts.push(second.atMs - first.atMs);
  }
  return { gaps, starts };
}
