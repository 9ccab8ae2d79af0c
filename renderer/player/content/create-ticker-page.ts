/** A ticker as a slot of its own: the text passes once across a composed page while the slot shows. */
import type { StageContent } from '../../../protocol/stage.ts';
import { StageFailure } from '../stage/stage-failure.ts';
import type { StageSize } from '../stage/stage-frame.ts';
import { fitText } from '../text/fit-text.ts';
import { whyIllegible } from '../text/legible-text.ts';
import { createMeasure } from '../text/measure-text.ts';
import { oneLine } from '../text/one-line.ts';
import { tickerPass } from '../text/ticker-pass.ts';
import { paintTheme } from '../theme/slogan-colours.ts';
import type { Exhibit } from './exhibit.ts';

/** What a ticker page needs; `size` is the stage's. */
export type TickerPageDeps = {
  place: HTMLElement;
  size(): StageSize;
  slogan: Extract<StageContent, { type: 'ticker' }>;
  durationMs: number;
};

const ENGLISH_LEADING = 1.35;

/** The ticker page as content of a layer. */
export function createTickerPage({ place, size, slogan, durationMs }: TickerPageDeps): Exhibit {
  const page = document.createElement('article');
  page.className = 'ticker-page';
  paintTheme(page, slogan.theme);
  const lane = document.createElement('div');
  lane.className = 'lane';
  const runner = document.createElement('p');
  runner.className = 'runner';
  runner.dir = 'auto';
  runner.textContent = oneLine(slogan.text);
  lane.append(runner);
  const english = document.createElement('p');
  english.className = 'en';
  page.append(lane, english);
  let run: Animation | null = null;

  const compose = (): void => {
    const { widthPx, heightPx } = size();
    const shortSidePx = Math.min(widthPx, heightPx);
    const pass = tickerPass({
      textEm: createMeasure(700)(oneLine(slogan.text)),
      widthPx,
      heightPx,
      durationMs,
    });
    if ('refused' in pass) throw new StageFailure('unsupported', pass.refused);
    runner.style.fontSize = `${pass.sizePx}px`;
    composeEnglish(english, slogan.textEn, widthPx * 0.84, shortSidePx);
    const doneMs = run?.currentTime ?? 0;
    const wasRunning = run?.playState === 'running';
    run?.cancel();
    run = runner.animate(
      [
        { transform: `translate3d(${widthPx}px, 0, 0)` },
        { transform: `translate3d(${-Math.ceil(runner.scrollWidth)}px, 0, 0)` },
      ],
      { duration: durationMs, easing: 'linear', fill: 'both' },
    );
    run.pause();
    run.currentTime = doneMs;
    if (wasRunning) run.play();
  };

  return {
    moving: false,
    async prepare() {
      const illegible = whyIllegible(slogan.text);
      if (illegible !== null) throw new StageFailure('unsupported', illegible);
      place.replaceChildren(page);
      compose();
    },
    ahead: null,
    start() {
      run?.play();
    },
    endsAtMs: () => null,
    layout: compose,
    count: () => ({ frames: 1, dropped: 0 }),
    stop() {
      run?.cancel();
      run = null;
    },
  };
}

/** The English line stands still beneath the lane; one too long to be read there is left out. */
function composeEnglish(place: HTMLElement, textEn: string | null, widthPx: number, shortSidePx: number): void {
  place.replaceChildren();
  const box = { widthPx, heightPx: shortSidePx * 0.24, minPx: shortSidePx * 0.034, maxPx: shortSidePx * 0.06 };
  const fitted = textEn === null ? null : fitText(textEn, { ...box, leading: ENGLISH_LEADING }, createMeasure(400));
  if (fitted === null) return;
  place.style.fontSize = `${fitted.sizePx}px`;
  for (const line of fitted.lines) {
    const row = document.createElement('span');
    row.className = 'line';
    row.textContent = line;
    place.append(row);
  }
}
