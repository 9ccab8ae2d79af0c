/** A slogan as it looks on a screen, at any size: the card with its auto-fitted text, or the ticker passing by. */
import { type CSSProperties, Fragment, useLayoutEffect, useRef } from 'react';
import type { Slogan } from '../../../../domain/catalogue/content.ts';
import { THEME_COLOURS } from '../../theme/slogan-colours.ts';
import { fitCard } from './fit-card.ts';
import { textWidthEm, tickerShare } from './slogan-limits.ts';
import { oneLine, textPhrases } from './text-pieces.ts';
import './slogan-picture.css';

/** What of a slogan is seen. */
export type SloganLook = Pick<Slogan, 'text' | 'textEn' | 'shape' | 'theme' | 'durationMs'>;

type Props = { slogan: SloganLook; portrait?: boolean; moving?: boolean; onPages?: (pages: number) => void };

/** Fills the width of its place. `moving`: a ticker runs; `onPages` is told how many pictures a card takes. */
export function SloganPicture({ slogan, portrait = false, moving = false, onPages }: Props) {
  const { ground, deep, text, accent } = THEME_COLOURS[slogan.theme];
  const style: CSSProperties & Record<`--s-${string}`, string> = {
    '--s-ground': ground,
    '--s-deep': deep,
    '--s-text': text,
    '--s-accent': accent,
    aspectRatio: portrait ? '9 / 16' : '16 / 9',
  };
  return (
    <div className="l-screen" style={style} lang="zh-CN">
      {slogan.shape === 'card' ? (
        <Card slogan={slogan} onPages={onPages} />
      ) : (
        <Ticker slogan={slogan} moving={moving} />
      )}
    </div>
  );
}

function Card({ slogan, onPages }: { slogan: SloganLook; onPages: ((pages: number) => void) | undefined }) {
  const room = useRef<HTMLDivElement>(null);
  const main = useRef<HTMLParagraphElement>(null);
  const english = useRef<HTMLParagraphElement>(null);
  const told = useRef(onPages);
  told.current = onPages;
  const { text, textEn } = slogan;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the texts are what is measured
  useLayoutEffect(() => {
    const screen = room.current;
    if (!screen) return;
    const refit = (): void => {
      if (!room.current || !main.current) return;
      const whole = screen.parentElement;
      const shortSidePx = Math.min(whole?.clientWidth ?? 0, whole?.clientHeight ?? 0);
      if (shortSidePx === 0) return;
      const { pages } = fitCard({ room: room.current, main: main.current, english: english.current }, shortSidePx);
      told.current?.(pages);
    };
    const observer = new ResizeObserver(refit);
    observer.observe(screen);
    refit();
    return () => observer.disconnect();
  }, [text, textEn]);
  return (
    <div className="l-card" ref={room}>
      <p className="l-card-main" ref={main}>
        {textPhrases(text).map(({ words, lineEnds }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: phrases have no other identity
          <Fragment key={at}>
            <span className="l-phrase">
              {words.map((word, nth) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: words have no other identity
                <span key={nth} className="l-word">
                  {word}
                </span>
              ))}
            </span>
            {lineEnds && <br />}
          </Fragment>
        ))}
      </p>
      {textEn?.trim() && (
        <>
          <hr />
          <p className="l-card-english" lang="en" ref={english}>
            {textEn}
          </p>
        </>
      )}
    </div>
  );
}

function Ticker({ slogan, moving }: { slogan: SloganLook; moving: boolean }) {
  const line = oneLine(slogan.text);
  const size = tickerShare(textWidthEm(line)) * 100;
  const seconds = Math.max(1, slogan.durationMs / 1000);
  return (
    <div className="l-ticker">
      <div className="l-ticker-lane">
        <p
          className={moving ? 'l-ticker-runner l-ticker-moving' : 'l-ticker-runner'}
          style={{ fontSize: `${size}cqmin`, animationDuration: `${seconds}s` }}
        >
          {line}
        </p>
      </div>
      {slogan.textEn?.trim() && (
        <p className="l-ticker-english" lang="en">
          {oneLine(slogan.textEn)}
        </p>
      )}
    </div>
  );
}
