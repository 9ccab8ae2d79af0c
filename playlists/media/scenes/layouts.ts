// The page layouts the films share: title, step, card and closing pages.

import { box, type Ctx, capsule, disc, enter, label, line, reveal, ring, swing, type Theme } from './drawing.ts';
import { MARGIN, type Page, WIDTH } from './frame.ts';
import { handset, type Icon } from './icons.ts';

/** Paints an illustration that moves with t. */
export type Picture = (ctx: Ctx, theme: Theme, t: number) => void;

function archPanel(ctx: Ctx, theme: Theme, t: number, picture: Picture): void {
  const rise = enter(t, 80, 700);
  ctx.save();
  ctx.translate(0, (1 - rise) * 60);
  ctx.globalAlpha *= rise;
  ctx.beginPath();
  ctx.roundRect(752, 124, 456, 528, [228, 228, 0, 0]);
  ctx.clip();
  ctx.fillStyle = theme.main;
  ctx.fillRect(752, 124, 456, 528);
  for (const [i, radius] of [150, 214, 278].entries()) {
    ring(ctx, 980, 400, radius + swing(t, 3200, i / 5) * 7, 2.5, 'rgba(255,255,255,0.16)');
  }
  picture(ctx, theme, t);
  ctx.restore();
}

/** The words of a title or closing page. */
export interface TitleText {
  lengthMs: number;
  lines: [string, string];
  english: string;
  size: number;
  hotline?: boolean;
  picture: Picture;
}

/** A filled strip that names the public hotline. */
export function hotline(ctx: Ctx, theme: Theme, t: number, x: number, y: number, width: number): void {
  box(ctx, x, y, width, 84, 42, theme.gold);
  disc(ctx, x + 42, y + 42, 34, theme.white);
  ctx.save();
  ctx.translate(x + 42, y + 44);
  ctx.scale(0.5, 0.5);
  handset(ctx, theme, t);
  ctx.restore();
  label(ctx, '有疑问  拨打12345政务服务热线', x + (width + 60) / 2, y + 54, {
    size: 34,
    colour: theme.ink,
    align: 'center',
  });
}

/** A title or closing page: two large lines on the deep ground, an arch with a picture on the right. */
export function titlePage(text: TitleText): Page {
  return {
    lengthMs: text.lengthMs,
    ground: 'deep',
    paint: (ctx, theme, t) => {
      const top = text.hotline === true ? 256 : 302;
      for (const [i, words] of text.lines.entries()) {
        reveal(
          ctx,
          enter(t, 180 + i * 150),
          () => {
            const colour = i === 0 ? theme.white : theme.gold;
            label(ctx, words, MARGIN - 4, top + i * (text.size + 26), { size: text.size, colour });
          },
          -50,
          0,
        );
      }
      const below = top + text.size + 26;
      reveal(ctx, enter(t, 480), () => {
        label(ctx, text.english, MARGIN, below + 74, { size: 33, colour: theme.white, bold: false });
      });
      archPanel(ctx, theme, t, text.picture);
      if (text.hotline === true) {
        reveal(ctx, enter(t, 640), () => hotline(ctx, theme, t, MARGIN, 548, 640));
      }
    },
  };
}

/** The words of a step page. */
export interface StepText {
  lengthMs: number;
  tag: string;
  heading: string;
  lines: string[];
  english: string;
  picture: Picture;
}

/** A step page: tag, heading and two lines on the left, a picture panel on the right. */
export function stepPage(text: StepText): Page {
  return {
    lengthMs: text.lengthMs,
    ground: 'paper',
    paint: (ctx, theme, t) => {
      reveal(
        ctx,
        enter(t, 240),
        () => {
          capsule(ctx, text.tag, MARGIN, 148, 66, theme.accent, { size: 38, colour: theme.white, spacing: 2 });
        },
        -40,
        0,
      );
      reveal(
        ctx,
        enter(t, 320),
        () => {
          label(ctx, text.heading, MARGIN - 5, 352, { size: 122, colour: theme.ink });
        },
        -50,
        0,
      );
      for (const [i, words] of text.lines.entries()) {
        reveal(ctx, enter(t, 460 + i * 120), () => {
          box(ctx, MARGIN, 401 + i * 78, 10, 46, 5, theme.gold);
          label(ctx, words, MARGIN + 32, 442 + i * 78, { size: 52, colour: theme.ink });
        });
      }
      reveal(ctx, enter(t, 720), () => {
        label(ctx, text.english, MARGIN, 610, { size: 31, colour: theme.main });
      });
      const open = enter(t, 200, 700);
      ctx.save();
      ctx.translate((1 - open) * 90, 0);
      ctx.globalAlpha *= open;
      ctx.beginPath();
      ctx.roundRect(736, 132, 472, 504, 44);
      ctx.clip();
      ctx.fillStyle = theme.soft;
      ctx.fillRect(736, 132, 472, 504);
      disc(ctx, 972, 384, 196 + swing(t, 3000) * 8, 'rgba(255,255,255,0.5)');
      text.picture(ctx, theme, t);
      ctx.restore();
    },
  };
}

/** One card of a card page. */
export interface Card {
  icon: Icon;
  words: string;
  note?: string;
}

/** The words of a card page. */
export interface CardText {
  lengthMs: number;
  heading: string;
  english: string;
  cards: Card[];
  hotline?: boolean;
}

/** A card page: a heading above two to four cards that arrive one after another. */
export function cardPage(text: CardText): Page {
  return {
    lengthMs: text.lengthMs,
    ground: 'paper',
    paint: (ctx, theme, t) => {
      reveal(
        ctx,
        enter(t, 220),
        () => {
          label(ctx, text.heading, MARGIN - 3, 218, { size: 88, colour: theme.ink });
          label(ctx, text.english, MARGIN, 276, { size: 31, colour: theme.main });
        },
        -50,
        0,
      );
      const count = text.cards.length;
      const gap = 28;
      const width = (WIDTH - MARGIN * 2 - gap * (count - 1)) / count;
      const short = text.hotline === true;
      const height = short ? 218 : 318;
      const hasNote = text.cards.some((card) => card.note !== undefined);
      const scale = short ? 1.08 : hasNote ? 1.42 : 1.6;
      const iconY = short ? 84 : hasNote ? 112 : 128;
      const size = short ? 44 : 50;
      for (const [i, card] of text.cards.entries()) {
        reveal(
          ctx,
          enter(t, 420 + i * 150),
          () => {
            const x = MARGIN + i * (width + gap);
            const y = 314;
            box(ctx, x, y + 6, width, height, 32, theme.soft);
            box(ctx, x, y, width, height, 32, theme.white);
            ctx.save();
            ctx.translate(x + width / 2, y + iconY + swing(t, 2400, -i / 6) * 5);
            ctx.scale(scale, scale);
            card.icon(ctx, theme, t);
            ctx.restore();
            const base = short ? 192 : hasNote ? 242 : 278;
            label(ctx, card.words, x + width / 2, y + base, { size, colour: theme.ink, align: 'center' });
            if (card.note !== undefined) {
              label(ctx, card.note, x + width / 2, y + 292, { size: 34, colour: theme.accent, align: 'center' });
            }
          },
          0,
          60,
        );
      }
      if (short) {
        reveal(ctx, enter(t, 880), () => hotline(ctx, theme, t, MARGIN, 560, WIDTH - MARGIN * 2));
      }
    },
  };
}

/** A tick in a disc, used where a picture confirms something. */
export function tick(ctx: Ctx, theme: Theme, x: number, y: number, grown: number): void {
  if (grown <= 0) {
    return;
  }
  disc(ctx, x, y, 50 * grown, theme.white);
  disc(ctx, x, y, 42 * grown, theme.accent);
  line(ctx, `M${x - 18} ${y} l14 14 l24 -27`, 11, theme.white, grown, 60);
}
