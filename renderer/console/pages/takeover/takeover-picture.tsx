/** An emergency message as it stands on a screen: its heading, and the message as large as it fits. */
import type { CSSProperties } from 'react';
import type { TakeoverMessage } from '../../../../domain/catalogue/takeover.ts';
import { THEME_COLOURS } from '../../theme/slogan-colours.ts';
import { SloganPicture } from '../library/slogan-picture.tsx';

type Props = { message: TakeoverMessage; portrait?: boolean };

/** Stands over every message, in both languages, as on the stage. */
const HEADING = { zh: '紧急通知', en: 'Emergency notice' };

/** Fills the width of its place. */
export function TakeoverPicture({ message, portrait = false }: Props) {
  const { accent, deep } = THEME_COLOURS[message.theme];
  const style: CSSProperties & Record<`--t-${string}`, string> = {
    '--t-head': accent,
    '--t-sign': deep,
    aspectRatio: portrait ? '9 / 16' : '16 / 9',
  };
  return (
    <div className="t-screen" style={style}>
      <div className="t-head" lang="zh-CN">
        <i aria-hidden="true">!</i>
        {HEADING.zh}
        <span lang="en">{HEADING.en}</span>
      </div>
      <div className="t-body">
        <SloganPicture slogan={{ ...message, shape: 'card', durationMs: 8000 }} portrait={portrait} />
      </div>
    </div>
  );
}
