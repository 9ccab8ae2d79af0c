// The illustrations with people and buildings: collector, residents, door, house, phone and skyline.
import { box, type Ctx, disc, label, line, shape, swing, type Theme } from './drawing.ts';

const SKIN = '#f3c8a2';
const HAIR = '#33261f';

/** What a half-length figure wears. */
export interface Figure {
  coat: string;
  sleeve: string;
  shirt: string;
  hair: 'short' | 'bob';
  cap: boolean;
  badge: boolean;
  /** How far the raised arm leans, -1 to 1; null for an arm that hangs down. */
  wave: number | null;
}

function paintHead(ctx: Ctx, figure: Figure): void {
  if (figure.hair === 'bob') {
    shape(ctx, 'M-56 -76 C-66 -190 66 -190 56 -76 C40 -62 -40 -62 -56 -76 Z', HAIR);
  }
  box(ctx, -18, -96, 36, 52, 16, '#e3b48c');
  box(ctx, -43, -176, 86, 98, 43, SKIN);
  disc(ctx, -16, -124, 4.6, HAIR);
  disc(ctx, 16, -124, 4.6, HAIR);
  line(ctx, 'M-13 -104 C-6 -96 6 -96 13 -104', 4.4, '#b4533a');
  if (figure.cap) {
    shape(ctx, 'M-46 -112 V-146 H46 V-112 C44 -130 38 -140 30 -142 H-30 C-38 -140 -44 -130 -46 -112 Z', HAIR);
    shape(ctx, 'M-49 -140 C-54 -202 46 -206 49 -140 Z', figure.coat);
    shape(ctx, 'M-22 -143 C10 -160 56 -158 78 -138 C80 -132 76 -130 70 -131 C44 -136 10 -136 -22 -136 Z', '#f6bd4b');
  } else {
    shape(ctx, 'M-47 -130 C-58 -206 58 -206 47 -130 C42 -152 20 -160 -4 -158 C-26 -156 -42 -150 -47 -130 Z', HAIR);
  }
}

/** What every collector wears, so that residents meet the same figure in film and on poster. */
export const COLLECTOR: Figure = {
  coat: '#0e4a48',
  sleeve: '#eaf4f1',
  shirt: '#eaf4f1',
  hair: 'short',
  cap: true,
  badge: true,
  wave: 0.3,
};

/** The resident or tenant who is visited, in the accent colour of the given theme. */
export function resident(theme: Theme, wave: number | null): Figure {
  return { coat: theme.accent, sleeve: theme.accent, shirt: '#f8ead9', hair: 'bob', cap: false, badge: false, wave };
}

/** A half-length figure, origin at mid-chest; the right arm waves unless it hangs down. */
export function person(ctx: Ctx, theme: Theme, figure: Figure): void {
  if (figure.wave !== null) {
    ctx.save();
    ctx.translate(96, 6);
    ctx.rotate(figure.wave * 0.12);
    line(ctx, 'M-16 6 C20 44 50 20 52 -66', 38, figure.sleeve);
    disc(ctx, 52, -92, 24, SKIN);
    ctx.restore();
  }
  shape(ctx, 'M-124 210 C-128 60 -118 -34 -46 -56 H46 C118 -34 128 60 124 210 Z', figure.sleeve);
  shape(ctx, 'M-96 210 L-92 -36 C-78 -48 -62 -52 -44 -56 L0 44 L44 -56 C62 -52 78 -48 92 -36 L96 210 Z', figure.coat);
  shape(ctx, 'M-44 -56 L0 44 L44 -56 Z', figure.shirt);
  line(ctx, 'M0 48 V210', 4, 'rgba(255,255,255,0.4)');
  paintHead(ctx, figure);
  if (figure.badge) {
    line(ctx, 'M-38 -54 L0 52 L38 -54', 7, theme.gold);
    box(ctx, -32, 48, 64, 82, 9, theme.white);
    box(ctx, -32, 48, 64, 22, [9, 9, 0, 0], theme.main);
    disc(ctx, 0, 90, 11, theme.main);
    shape(ctx, 'M-18 120 C-18 98 18 98 18 120 Z', theme.main);
  }
}

/** A front door, origin at the middle of its threshold; open runs from 0 (shut) to 1. */
export function door(ctx: Ctx, theme: Theme, open: number): void {
  box(ctx, -126, -424, 252, 424, [20, 20, 0, 0], theme.white);
  const light = ctx.createLinearGradient(0, -404, 0, 0);
  light.addColorStop(0, '#fff3d2');
  light.addColorStop(1, '#f9cf78');
  ctx.fillStyle = light;
  ctx.fillRect(-106, -404, 212, 404);
  const edge = 212 * (1 - 0.7 * open);
  const lean = 26 * open;
  const x = -106 + edge;
  shape(ctx, `M-106 -404 L${x} ${-404 + lean} L${x} ${-lean * 0.2} L-106 0 Z`, theme.accent);
  const inset = edge * 0.16;
  for (const [top, bottom] of [
    [-372, -220],
    [-190, -36],
  ]) {
    shape(
      ctx,
      `M${-106 + inset} ${top} L${x - inset} ${(top ?? 0) + lean * 0.6} L${x - inset} ${bottom} ` +
        `L${-106 + inset} ${bottom} Z`,
      'rgba(255,255,255,0.2)',
    );
  }
  disc(ctx, x - Math.max(9, edge * 0.1), -204, 9, theme.gold);
  box(ctx, -150, -8, 300, 16, 8, theme.ink);
}

const WINDOWS: [number, number][] = [
  [-92, -204],
  [0, -204],
  [92, -204],
  [-100, -106],
  [100, -106],
];

/** A two-storey house, origin at the middle of its base; lit is how many of its five windows glow. */
export function house(ctx: Ctx, theme: Theme, lit: number): void {
  box(ctx, 72, -330, 38, 90, 6, theme.white);
  box(ctx, -150, -230, 300, 230, [6, 6, 0, 0], theme.white);
  shape(ctx, 'M-150 -228 L0 -340 L150 -228 Z', theme.white);
  line(ctx, 'M-172 -214 L0 -342 L172 -214', 34, theme.accent);
  for (const [i, [x, y]] of WINDOWS.entries()) {
    box(ctx, x - 25, y, 50, 60, 7, i < lit ? theme.gold : '#b9c6dd');
    line(ctx, `M${x} ${y + 2} v56 M${x - 23} ${y + 30} h46`, 4, theme.white);
  }
  box(ctx, -46, -120, 92, 120, [46, 46, 0, 0], theme.main);
  disc(ctx, 28, -52, 7, theme.gold);
  box(ctx, -190, -8, 380, 16, 8, theme.ink);
}

/** A ringing smartphone with the number on its screen. */
export function ringingPhone(ctx: Ctx, theme: Theme, t: number): void {
  const calling = t % 1500 < 900;
  for (let i = 0; i < 3; i += 1) {
    const phase = (t / 1500 + i / 3) % 1;
    ctx.save();
    ctx.globalAlpha *= 0.5 * (1 - phase);
    line(
      ctx,
      `M${-150 - phase * 36} -90 a150 150 0 0 0 0 180 M${150 + phase * 36} -90 a150 150 0 0 1 0 180`,
      12,
      theme.gold,
    );
    ctx.restore();
  }
  ctx.save();
  ctx.rotate(calling ? swing(t, 180) * 0.028 : 0);
  box(ctx, -122, -214, 244, 428, 40, theme.ink);
  box(ctx, -106, -196, 212, 392, 26, theme.white);
  box(ctx, -30, -188, 60, 12, 6, theme.ink);
  label(ctx, '政务服务热线', 0, -112, { size: 28, colour: theme.main, align: 'center' });
  label(ctx, '12345', 0, -44, { size: 66, colour: theme.ink, align: 'center' });
  disc(ctx, 0, 98, 54 + swing(t, 900) * 3, theme.soft);
  disc(ctx, 0, 98, 44, theme.main);
  line(ctx, 'M-13 86 C-15 104 -3 114 14 112', 9, theme.white);
  line(ctx, 'M-14 82 L-11 91 M18 112 L9 109', 13, theme.white);
  ctx.restore();
}

/** A tenant's suitcase, origin at its base. */
export function suitcase(ctx: Ctx, theme: Theme): void {
  line(ctx, 'M-24 -150 V-206 H24 V-150', 9, theme.ink);
  box(ctx, -62, -156, 124, 146, 20, theme.gold);
  line(ctx, 'M-28 -132 V-34 M28 -132 V-34', 7, 'rgba(255,255,255,0.75)');
  disc(ctx, -38, -6, 10, theme.ink);
  disc(ctx, 38, -6, 10, theme.ink);
}

const BLOCKS: [number, number][] = [
  [84, 70],
  [60, 120],
  [100, 92],
  [54, 150],
  [76, 60],
  [96, 132],
  [64, 84],
  [110, 104],
  [58, 168],
  [88, 76],
];

/** A row of blocks along the bottom that drifts slowly to the left, some windows lit. */
export function skyline(ctx: Ctx, width: number, base: number, scale: number, t: number, lit: string): void {
  const total = BLOCKS.reduce((sum, [w]) => sum + (w + 10) * scale, 0);
  let x = -((t * 0.022) % total);
  for (let i = 0; x < width; i += 1) {
    const [w, h] = BLOCKS[i % BLOCKS.length] ?? [80, 80];
    box(ctx, x, base - h * scale, w * scale, h * scale, [6, 6, 0, 0], 'rgba(255,255,255,0.07)');
    for (let row = 0; row < Math.floor(h / 26); row += 1) {
      const on = (i * 7 + row * 3) % 4 === 0;
      box(
        ctx,
        x + (14 + ((i + row) % 2) * (w - 44)) * scale,
        base - (h - 14 - row * 24) * scale,
        14 * scale,
        11 * scale,
        2,
        on ? lit : 'rgba(255,255,255,0.06)',
      );
    }
    x += (w + 10) * scale;
  }
}
