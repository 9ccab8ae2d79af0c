// The larger icons: service window, calendar, shield, scales, badge check, key and tick list.
import { box, type Ctx, clamp01, disc, enter, label, line, ring, shape, swing, type Theme } from './drawing.ts';
import type { Icon } from './icons.ts';

/** A service window with a clerk behind the counter. */
export const counter: Icon = (ctx, theme) => {
  box(ctx, -46, -44, 92, 16, [8, 8, 0, 0], theme.accent);
  box(ctx, -42, -28, 84, 50, 0, theme.soft);
  disc(ctx, 0, -10, 12, theme.main);
  shape(ctx, 'M-24 24 C-24 0 24 0 24 24 Z', theme.main);
  box(ctx, -50, 20, 100, 12, 5, theme.ink);
  box(ctx, -44, 32, 88, 14, [0, 0, 6, 6], theme.main);
};

/** A gold door key. */
export const doorKey: Icon = (ctx, theme) => {
  ring(ctx, 0, -28, 17, 10, theme.gold);
  line(ctx, 'M0 -8 V44 M0 40 H15 M0 24 H12', 10, theme.gold);
};

/** A calendar page whose chosen day is ringed once picked reaches 1. */
export function calendar(ctx: Ctx, theme: Theme, picked: number): void {
  box(ctx, -150, -130, 300, 280, 28, theme.white);
  box(ctx, -150, -130, 300, 74, [28, 28, 0, 0], theme.accent);
  for (const x of [-112, 112]) {
    box(ctx, x - 9, -156, 18, 52, 9, theme.ink);
  }
  label(ctx, '预约日历', 0, -78, { size: 36, colour: theme.white, align: 'center', spacing: 4 });
  for (let row = 0; row < 4; row += 1) {
    for (let col = 0; col < 5; col += 1) {
      const chosen = row === 2 && col === 3;
      const grow = chosen ? 1 + 0.35 * picked : 1;
      const size = 34 * grow;
      const x = -104 + col * 52;
      const y = -24 + row * 46;
      box(ctx, x - size / 2, y - size / 2, size, size, 9, chosen && picked > 0 ? theme.gold : theme.soft);
    }
  }
  if (picked > 0) {
    line(ctx, 'M41 68 L49 76 L63 60', 7, theme.ink, picked, 40);
  }
}

/** A shield with a padlock; glow breathes with t. */
export function shield(ctx: Ctx, theme: Theme, t: number): void {
  const breath = 1 + swing(t, 1800) * 0.025;
  ctx.save();
  ctx.scale(breath, breath);
  shape(
    ctx,
    'M0 -150 C40 -118 84 -106 124 -104 C130 20 96 106 0 154 C-96 106 -130 20 -124 -104 C-84 -106 -40 -118 0 -150 Z',
    theme.white,
  );
  shape(
    ctx,
    'M0 -122 C34 -96 68 -86 101 -84 C105 16 78 86 0 126 C-78 86 -105 16 -101 -84 C-68 -86 -34 -96 0 -122 Z',
    theme.main,
  );
  ctx.restore();
  line(ctx, 'M-26 -14 V-36 C-26 -70 26 -70 26 -36 V-14', 14, theme.white);
  box(ctx, -46, -18, 92, 76, 16, theme.gold);
  disc(ctx, 0, 12, 10, theme.ink);
  line(ctx, 'M0 14 V34', 8, theme.ink);
}

/** The scales of the law, tipping gently. */
export function scales(ctx: Ctx, theme: Theme, t: number): void {
  const tilt = swing(t, 2600) * 0.07;
  box(ctx, -9, -120, 18, 240, 9, theme.white);
  shape(ctx, 'M-74 140 C-74 112 -34 108 0 108 C34 108 74 112 74 140 Z', theme.white);
  ctx.save();
  ctx.translate(0, -112);
  ctx.rotate(tilt);
  box(ctx, -146, -8, 292, 16, 8, theme.gold);
  for (const x of [-136, 136]) {
    ctx.save();
    ctx.translate(x, 0);
    ctx.rotate(-tilt);
    line(ctx, 'M0 0 L-52 108 M0 0 L52 108', 6, theme.soft);
    shape(ctx, 'M-66 106 H66 C60 152 -60 152 -66 106 Z', x < 0 ? theme.accent : theme.gold);
    ctx.restore();
  }
  disc(ctx, 0, 0, 20, theme.white);
  disc(ctx, 0, 0, 10, theme.accent);
  ctx.restore();
}

/** The collector's badge on a lanyard; tick grows from 0 to 1. */
export function badge(ctx: Ctx, theme: Theme, t: number, tick: number): void {
  ctx.save();
  ctx.translate(0, -300);
  ctx.rotate(swing(t, 2600) * 0.035);
  ctx.translate(0, 300);
  line(ctx, 'M-70 -320 L-10 -150 M70 -320 L10 -150', 18, theme.accent);
  box(ctx, -24, -164, 48, 34, 10, theme.ink);
  box(ctx, -122, -138, 244, 316, 26, theme.white);
  box(ctx, -122, -138, 244, 78, [26, 26, 0, 0], theme.main);
  label(ctx, '工作证', 0, -84, { size: 42, colour: theme.white, align: 'center', spacing: 8 });
  box(ctx, -58, -40, 116, 122, 14, theme.soft);
  disc(ctx, 0, 4, 30, theme.main);
  shape(ctx, 'M-50 82 C-50 24 50 24 50 82 Z', theme.main);
  box(ctx, -72, 102, 144, 16, 8, theme.soft);
  box(ctx, -48, 132, 96, 16, 8, theme.soft);
  ctx.restore();
  if (tick > 0) {
    ctx.save();
    ctx.translate(128, 128);
    ctx.scale(tick, tick);
    disc(ctx, 0, 0, 56, theme.white);
    disc(ctx, 0, 0, 47, theme.accent);
    line(ctx, 'M-20 1 L-5 16 L22 -14', 12, theme.white);
    ctx.restore();
  }
}

/** A clipboard whose rows are ticked one after another from startMs on. */
export function tickList(ctx: Ctx, theme: Theme, t: number, startMs: number, rows: string[]): void {
  box(ctx, -156, -176, 312, 372, 28, theme.main);
  box(ctx, -134, -146, 268, 320, 14, theme.white);
  box(ctx, -64, -200, 128, 60, 18, theme.accent);
  disc(ctx, 0, -174, 11, theme.white);
  for (const [i, row] of rows.entries()) {
    const y = -74 + i * 82;
    const done = enter(t, startMs + i * 420, 360);
    box(ctx, -110, y - 25, 50, 50, 12, theme.soft);
    line(ctx, `M-98 ${y} L-87 ${y + 11} L-70 ${y - 12}`, 9, theme.accent, done, 50);
    label(ctx, row, -42, y + 14, { size: 38, colour: theme.ink });
  }
}

/** A form that is signed by a moving pen as drawn runs from 0 to 1. */
export function signing(ctx: Ctx, theme: Theme, drawn: number): void {
  box(ctx, -150, -186, 300, 372, 20, theme.white);
  label(ctx, '登记确认单', 0, -122, { size: 40, colour: theme.main, align: 'center' });
  for (const [i, width] of [236, 236, 160].entries()) {
    box(ctx, -118, -86 + i * 42, width, 16, 8, theme.soft);
  }
  line(ctx, 'M-118 146 H118', 4, theme.soft);
  label(ctx, '签名', -118, 62, { size: 28, colour: theme.main });
  ctx.save();
  ctx.translate(6, 20);
  line(
    ctx,
    'M-96 108 C-70 40 -56 70 -64 104 C-60 70 -34 62 -36 96 C-30 74 -8 70 -6 98 C8 66 30 76 34 96 C44 80 70 84 90 74',
    8,
    theme.ink,
    drawn,
    330,
  );
  const p = clamp01(drawn);
  ctx.translate(-96 + 186 * p, 108 - 34 * p - Math.abs(Math.sin(p * 13)) * 22);
  ctx.rotate(0.62);
  shape(ctx, 'M0 0 L-11 -26 H11 Z', theme.ink);
  box(ctx, -13, -150, 26, 126, [8, 8, 0, 0], theme.accent);
  box(ctx, -13, -120, 26, 12, 0, theme.gold);
  ctx.restore();
}
