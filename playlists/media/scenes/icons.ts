// Small two-tone icons, each painted on a 100 by 100 field centred on the origin.
import { box, type Ctx, disc, label, line, ring, shape, swing, type Theme } from './drawing.ts';

/** An icon painter; t lets it move a little. */
export type Icon = (ctx: Ctx, theme: Theme, t: number) => void;

/** The universal "not allowed" ring; drawn over the icons of things that must not be done. */
export function forbidden(ctx: Ctx, theme: Theme): void {
  line(ctx, 'M-34 -34 L34 34', 13, theme.white);
  ring(ctx, 0, 0, 50, 8, theme.accent);
  line(ctx, 'M-34 -34 L34 34', 8, theme.accent);
}

/** A resident identity card. */
export const idCard: Icon = (ctx, theme) => {
  box(ctx, -50, -34, 100, 68, 9, theme.main);
  box(ctx, -40, -22, 34, 44, 5, theme.white);
  disc(ctx, -23, -7, 8.5, theme.main);
  shape(ctx, 'M-37 18 C-37 4 -9 4 -9 18 Z', theme.main);
  box(ctx, 4, -20, 34, 7, 3.5, theme.white);
  box(ctx, 4, -5, 34, 7, 3.5, theme.soft);
  box(ctx, 4, 10, 22, 7, 3.5, theme.gold);
};

/** The household register booklet. */
export const booklet: Icon = (ctx, theme) => {
  box(ctx, -30, -44, 70, 92, 6, theme.soft);
  box(ctx, -36, -48, 70, 92, 6, theme.accent);
  box(ctx, -36, -48, 13, 92, [6, 0, 0, 6], '#a83f1c');
  label(ctx, '户口簿', 5.5, -8, { size: 17, colour: theme.gold, align: 'center' });
  box(ctx, -10, 4, 31, 3, 1.5, theme.gold);
};

/** A tenancy contract with a signature and a seal. */
export const contract: Icon = (ctx, theme) => {
  shape(ctx, 'M-36 -42 Q-36 -48 -30 -48 L18 -48 L38 -28 L38 42 Q38 48 32 48 L-30 48 Q-36 48 -36 42 Z', theme.main);
  shape(ctx, 'M18 -48 L38 -28 L24 -28 Q18 -28 18 -34 Z', theme.gold);
  box(ctx, -24, -28, 32, 7, 3.5, theme.white);
  box(ctx, -24, -11, 48, 6, 3, theme.soft);
  box(ctx, -24, 4, 48, 6, 3, theme.soft);
  line(ctx, 'M-24 30 q6 -12 10 -2 q4 8 8 -2 q4 -8 8 0', 4, theme.white);
  disc(ctx, 22, 28, 12, theme.accent);
};

/** A smartphone with a tick on its screen. */
export const smartphone: Icon = (ctx, theme) => {
  box(ctx, -29, -50, 58, 100, 12, theme.main);
  box(ctx, -22, -38, 44, 72, 4, theme.white);
  disc(ctx, 0, 42, 3.5, theme.white);
  disc(ctx, 0, -6, 17, theme.soft);
  line(ctx, 'M-8 -6 L-2 0 L9 -11', 5.5, theme.accent);
  box(ctx, -14, 20, 28, 5, 2.5, theme.soft);
};

/** A household: two adults and a child. */
export const family: Icon = (ctx, theme) => {
  disc(ctx, -24, -24, 15, theme.main);
  shape(ctx, 'M-50 38 L-50 18 C-50 -12 2 -12 2 18 L2 38 Z', theme.main);
  disc(ctx, 24, -24, 15, theme.accent);
  shape(ctx, 'M-2 38 L-2 18 C-2 -12 50 -12 50 18 L50 38 Z', theme.accent);
  disc(ctx, 0, 6, 15, theme.white);
  disc(ctx, 0, 6, 11.5, theme.gold);
  shape(ctx, 'M-23 42 C-23 14 23 14 23 42 Z', theme.white);
  shape(ctx, 'M-18 42 C-18 18 18 18 18 42 Z', theme.gold);
};

/** A house. */
export const home: Icon = (ctx, theme) => {
  box(ctx, -34, -14, 68, 58, [0, 0, 8, 8], theme.main);
  line(ctx, 'M-44 -4 L0 -42 L44 -4', 13, theme.accent);
  box(ctx, -10, 10, 20, 34, [10, 10, 0, 0], theme.white);
  disc(ctx, 5, 28, 2.4, theme.accent);
};

/** A speech bubble with three typing dots. */
export const speech: Icon = (ctx, theme, t) => {
  shape(
    ctx,
    'M-32 -42 H32 Q48 -42 48 -26 V6 Q48 22 32 22 H-2 L-24 42 V22 H-32 Q-48 22 -48 6 V-26 Q-48 -42 -32 -42 Z',
    theme.main,
  );
  for (const [i, colour] of [theme.white, theme.gold, theme.white].entries()) {
    disc(ctx, -22 + i * 22, -10 + swing(t, 1200, -i / 6) * 4, 6.5, colour);
  }
};

/** A telephone handset with sound waves. */
export const handset: Icon = (ctx, theme, t) => {
  ctx.save();
  ctx.rotate(swing(t, 260) * (t % 1300 < 650 ? 0.09 : 0));
  line(ctx, 'M-26 -26 C-30 6 -6 30 26 26', 17, theme.main);
  line(ctx, 'M-27 -32 L-22 -16', 24, theme.main);
  line(ctx, 'M32 27 L16 22', 24, theme.main);
  ctx.restore();
  line(ctx, 'M4 -22 A22 22 0 0 1 22 -4', 6, theme.accent);
  line(ctx, 'M4 -40 A40 40 0 0 1 40 -4', 6, theme.gold);
};

/** A coin that must not be asked for. */
export const noFee: Icon = (ctx, theme) => {
  disc(ctx, 0, 0, 36, theme.gold);
  line(ctx, 'M-15 -22 L0 -2 L15 -22 M0 -2 V23 M-14 2 H14 M-14 12 H14', 6, theme.ink);
  forbidden(ctx, theme);
};

/** A shopping bag that must not be offered. */
export const noSales: Icon = (ctx, theme) => {
  line(ctx, 'M-13 -8 V-18 C-13 -36 13 -36 13 -18 V-8', 6, theme.ink);
  shape(ctx, 'M-28 -14 H28 L33 28 Q33 33 28 33 H-28 Q-33 33 -33 28 Z', theme.main);
  line(ctx, 'M-13 -2 C-13 16 13 16 13 -2', 5, theme.white);
  forbidden(ctx, theme);
};

/** A password field that must not be filled in for anyone. */
export const noPassword: Icon = (ctx, theme) => {
  box(ctx, -38, -19, 76, 38, 9, theme.main);
  for (const x of [-23, 0, 23]) {
    line(ctx, `M${x} -8 V8 M${x - 7} -4 L${x + 7} 4 M${x + 7} -4 L${x - 7} 4`, 4.4, theme.white);
  }
  forbidden(ctx, theme);
};

/** A bed, for rooms nobody may sleep in. */
export const noBed: Icon = (ctx, theme) => {
  line(ctx, 'M-32 -20 V24 M32 6 V24', 7, theme.ink);
  box(ctx, -32, 2, 64, 14, 4, theme.main);
  box(ctx, -26, -10, 20, 12, 5, theme.gold);
  box(ctx, -4, -8, 36, 14, [8, 8, 0, 0], theme.main);
  forbidden(ctx, theme);
};

/** An electric bicycle that must stay outside. */
export const noEbike: Icon = (ctx, theme) => {
  ring(ctx, -22, 15, 12, 6, theme.ink);
  ring(ctx, 23, 15, 12, 6, theme.ink);
  line(ctx, 'M-22 13 L-10 -8 L-2 10 H12 L18 -24 H10 M18 -20 L23 13', 6.5, theme.main);
  line(ctx, 'M-22 -10 H-4', 7, theme.main);
  shape(ctx, 'M2 -33 L-7 -18 H-1 L-4 -6 L7 -22 H1 Z', theme.gold);
  forbidden(ctx, theme);
};

/** Boxes in front of an exit. */
export const noBlock: Icon = (ctx, theme) => {
  box(ctx, -22, -38, 44, 70, [6, 6, 0, 0], theme.main);
  box(ctx, -15, -31, 30, 63, [3, 3, 0, 0], theme.white);
  box(ctx, -28, 8, 28, 24, 3, theme.gold);
  box(ctx, 2, 8, 28, 24, 3, theme.gold);
  box(ctx, -13, -18, 28, 24, 3, theme.gold);
  line(ctx, 'M-14 10 V17 M16 10 V17 M1 -16 V-9', 4, theme.ink);
  forbidden(ctx, theme);
};

/** A landlord: a person with a key. */
export const landlord: Icon = (ctx, theme) => {
  disc(ctx, -14, -22, 20, theme.main);
  shape(ctx, 'M-48 44 V32 C-48 -6 20 -6 20 32 V44 Z', theme.main);
  ring(ctx, 34, -10, 11, 7, theme.gold);
  line(ctx, 'M34 3 V40 M34 38 H44 M34 26 H42', 7, theme.gold);
};

/** A sub-letter: one person passing a home on to another. */
export const subletter: Icon = (ctx, theme, t) => {
  const x = swing(t, 1800) * 3;
  disc(ctx, -32, -2, 13, theme.main);
  shape(ctx, 'M-52 42 C-52 8 -12 8 -12 42 Z', theme.main);
  disc(ctx, 32, -2, 13, theme.accent);
  shape(ctx, 'M12 42 C12 8 52 8 52 42 Z', theme.accent);
  line(ctx, `M${-16 + x} -32 H${16 + x} M${6 + x} -43 L${17 + x} -32 L${6 + x} -21`, 7.5, theme.gold);
};

/** A rental company: an office block. */
export const company: Icon = (ctx, theme) => {
  box(ctx, -36, -46, 44, 90, [7, 7, 0, 0], theme.main);
  box(ctx, 8, -14, 30, 58, [0, 7, 0, 0], theme.accent);
  for (const y of [-32, -12, 8]) {
    box(ctx, -26, y, 9, 11, 2, theme.white);
    box(ctx, -11, y, 9, 11, 2, theme.gold);
  }
  box(ctx, 17, 0, 12, 8, 2, theme.white);
  box(ctx, 17, 16, 12, 8, 2, theme.white);
  box(ctx, -20, 27, 14, 17, [4, 4, 0, 0], theme.white);
};
