/** The ticker that runs along the bottom over everything: lines follow one another at one speed, moved by the compositor alone. */
import type { StageCommand } from '../../../protocol/stage.ts';
import type { StageSize } from '../stage/stage-frame.ts';
import { createMeasure } from '../text/measure-text.ts';
import { oneLine } from '../text/one-line.ts';
import { paintTheme } from '../theme/slogan-colours.ts';
import { bandSpeedPxPerS, gapPx, keyAfter, nextEntryAtMs, type Ride } from './conveyor.ts';

type Line = Extract<StageCommand, { type: 'ticker' }>['lines'][number];
type Running = Ride & { element: HTMLElement; ride: Animation };

/** Lines are put behind the right edge this long before their head enters. */
const AHEAD_MS = 2_000;
const CHECK_MS = 400;
const WEIGHT = 700;
/** The least gap after a line. */
const GAP_EM = 3;

/** The band. */
export type TickerBand = {
  /** The lines from now on; those that stay run on untouched, those withdrawn vanish at once. */
  setLines(lines: readonly Line[]): void;
  /** Begins anew after a change of the page's size. */
  layout(): void;
};

/** Adds the band to `stage`, hidden while there are no lines; `onResized` is told when it comes or goes. */
export function createTickerBand(stage: HTMLElement, stageSize: () => StageSize, onResized: () => void): TickerBand {
  const band = document.createElement('footer');
  band.className = 'band';
  stage.append(band);
  let lines = new Map<string, Line>();
  let running: Running[] = [];
  let lastKey: string | null = null;
  let size = '';

  const nowMs = (): number => Number(document.timeline.currentTime ?? performance.now());

  const remove = (gone: Running): void => {
    gone.ride.cancel();
    gone.element.remove();
    running = running.filter((other) => other !== gone);
  };

  const enter = (key: string, line: Line): void => {
    const { letterPx, bandWidthPx, widths, gap, speed } = measureBand(band, stageSize().widthPx, lines);
    const widthPx = Math.ceil((widths.get(key) ?? 0) + gap);
    const element = createRider(line, widthPx, letterPx);
    band.append(element);
    const entersAtMs = nextEntryAtMs(running.at(-1) ?? null, nowMs(), speed);
    const ride = element.animate(
      [{ transform: `translate3d(${bandWidthPx}px, 0, 0)` }, { transform: `translate3d(${-widthPx}px, 0, 0)` }],
      { duration: ((bandWidthPx + widthPx) * 1_000) / speed, easing: 'linear', fill: 'both' },
    );
    ride.startTime = entersAtMs;
    const entry: Running = { key, entersAtMs, widthPx, element, ride };
    ride.onfinish = () => remove(entry);
    running.push(entry);
    lastKey = key;
  };

  const keepRunning = (): void => {
    if (lines.size === 0) return;
    const speed = bandSpeedPxPerS(Number.parseFloat(getComputedStyle(band).fontSize));
    for (let guard = 0; guard < 100; guard += 1) {
      if (nextEntryAtMs(running.at(-1) ?? null, nowMs(), speed) > nowMs() + AHEAD_MS) return;
      const key = keyAfter([...lines.keys()], lastKey);
      const line = key === undefined ? undefined : lines.get(key);
      if (key === undefined || line === undefined) return;
      enter(key, line);
    }
  };
  setInterval(keepRunning, CHECK_MS);

  const show = (): void => {
    const first = lines.values().next().value;
    const on = first !== undefined;
    if (first !== undefined) paintTheme(band, first.theme);
    if (band.hasAttribute('data-on') === on) return;
    band.toggleAttribute('data-on', on);
    stage.toggleAttribute('data-band', on);
    onResized();
  };

  return {
    setLines(given) {
      lines = new Map(given.map((line, index) => [keyOf(line, given.slice(0, index)), line]));
      for (const entry of [...running]) if (!lines.has(entry.key)) remove(entry);
      if (running.length === 0) lastKey = null;
      show();
      keepRunning();
    },
    layout() {
      const nowSize = JSON.stringify(stageSize());
      if (nowSize === size) return;
      size = nowSize;
      for (const entry of [...running]) remove(entry);
      keepRunning();
    },
  };
}

/** A line is the same line while its text and theme are; a line given twice is two. */
function keyOf(line: Line, before: readonly Line[]): string {
  const times = before.filter((other) => other.text === line.text && other.theme === line.theme).length;
  return `${line.theme} ${times} ${line.text}`;
}

function createRider(line: Line, widthPx: number, letterPx: number): HTMLElement {
  const rider = document.createElement('p');
  rider.className = 'rider';
  rider.dir = 'auto';
  rider.textContent = oneLine(line.text);
  rider.style.width = `${widthPx}px`;
  rider.style.fontSize = `${letterPx}px`;
  paintTheme(rider, line.theme);
  return rider;
}

type BandMeasure = {
  letterPx: number;
  bandWidthPx: number;
  widths: Map<string, number>;
  gap: number;
  speed: number;
};

function measureBand(band: HTMLElement, bandWidthPx: number, lines: ReadonlyMap<string, Line>): BandMeasure {
  const letterPx = Number.parseFloat(getComputedStyle(band).fontSize);
  const measure = createMeasure(WEIGHT);
  const widths = new Map([...lines].map(([key, line]) => [key, measure(oneLine(line.text)) * letterPx]));
  const gap = gapPx([...widths.values()], bandWidthPx, GAP_EM * letterPx);
  return { letterPx, bandWidthPx, widths, gap, speed: bandSpeedPxPerS(letterPx) };
}
