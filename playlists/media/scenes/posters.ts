// The three still posters: home visits upright, booking a visit and rental rules lying flat.
import { at, box, type Ctx, capsule, disc, label, RENTAL_THEME, ring, type Theme, VISIT_THEME } from './drawing.ts';
import { mark } from './frame.ts';
import { contract, family, handset, type Icon, idCard, landlord, noBed, noFee, noPassword, noSales } from './icons.ts';
import { counter } from './icons-more.ts';
import { COLLECTOR, door, house, person, resident, ringingPhone, skyline } from './people-and-places.ts';

/** A poster: its file name, its size, its file format and how it is painted. */
export interface Poster {
  id: string;
  width: number;
  height: number;
  format: 'png' | 'webp';
  paint: (ctx: Ctx) => void;
}

/** A moment of each moving illustration that looks well when it stands still. */
const STILL_MS = 1200;

function campaignLine(ctx: Ctx, theme: Theme, x: number, y: number, size: number): void {
  mark(ctx, theme, x, y, size * 1.5);
  label(ctx, '入户听民声  服务暖民心', x + size * 2, y + size * 1.12, { size, colour: theme.white, spacing: 1 });
}

function icon(ctx: Ctx, theme: Theme, paint: Icon, x: number, y: number, scale: number): void {
  at(ctx, x, y, scale, () => paint(ctx, theme, STILL_MS));
}

function hotlineStrip(ctx: Ctx, theme: Theme, x: number, y: number, width: number, height: number): void {
  box(ctx, x, y, width, height, height / 2, theme.gold);
  disc(ctx, x + height / 2, y + height / 2, height * 0.41, theme.white);
  icon(ctx, theme, handset, x + height / 2, y + height / 2 + 2, height / 165);
  const size = height * 0.43;
  label(ctx, '有疑问  拨打12345政务服务热线', x + (width + height * 0.7) / 2, y + height / 2 + size * 0.36, {
    size,
    colour: theme.ink,
    align: 'center',
  });
}

/** A resident at the open door and two collectors in front of it, in a wide arch. */
function doorstep(ctx: Ctx, theme: Theme): void {
  ctx.save();
  ctx.beginPath();
  ctx.roundRect(72, 752, 936, 460, [150, 150, 0, 0]);
  ctx.clip();
  ctx.fillStyle = theme.main;
  ctx.fillRect(72, 752, 936, 460);
  for (const radius of [240, 330, 420]) {
    ring(ctx, 700, 1000, radius, 3, 'rgba(255,255,255,0.14)');
  }
  at(ctx, 274, 1152, 0.86, () => door(ctx, theme, 0.9));
  at(ctx, 304, 1066, 0.72, () => person(ctx, theme, resident(theme, null)));
  at(ctx, 592, 1000, 1.04, () => {
    // Mirrored, so that the collector faces the resident.
    ctx.scale(-1, 1);
    person(ctx, theme, COLLECTOR);
  });
  at(ctx, 840, 1000, 1.04, () => {
    ctx.scale(-1, 1);
    person(ctx, theme, { ...COLLECTOR, hair: 'bob', wave: null });
  });
  ctx.restore();
}

/** Poster 1, upright: somebody knocks; three steps and three things a collector never does. */
export const homeVisitPortrait: Poster = {
  id: 'poster-home-visit-portrait',
  width: 1080,
  height: 1920,
  format: 'png',
  paint: (ctx) => {
    const theme = VISIT_THEME;
    ctx.fillStyle = theme.deep;
    ctx.fillRect(0, 0, 1080, 1920);
    campaignLine(ctx, theme, 72, 76, 40);
    label(ctx, '入户走访', 66, 326, { size: 168, colour: theme.white });
    label(ctx, '三步走', 66, 518, { size: 168, colour: theme.gold });
    label(ctx, 'Home visits in three simple steps', 74, 592, { size: 38, colour: theme.white, bold: false });
    capsule(ctx, '7月1日—10月31日', 72, 634, 76, theme.accent, { size: 42, colour: theme.white });
    doorstep(ctx, theme);
    box(ctx, 0, 1150, 1080, 770, [56, 56, 0, 0], theme.paper);
    const steps: [string, string, string][] = [
      ['1', '看证件', '统一着装  佩戴工作证'],
      ['2', '说情况', '如实回答  当面核对'],
      ['3', '作确认', '核对无误  签字确认'],
    ];
    for (const [i, [digit, title, note]] of steps.entries()) {
      const y = 1262 + i * 118;
      disc(ctx, 118, y, 46, theme.accent);
      label(ctx, digit, 118, y + 20, { size: 56, colour: theme.white, align: 'center' });
      label(ctx, title, 192, y + 25, { size: 70, colour: theme.ink });
      label(ctx, note, 438, y + 20, { size: 52, colour: theme.main, spacing: 1 });
    }
    const nevers: [Icon, string][] = [
      [noFee, '不收费'],
      [noSales, '不推销'],
      [noPassword, '不问密码'],
    ];
    for (const [i, [paint, words]] of nevers.entries()) {
      const x = 72 + i * 320;
      box(ctx, x, 1590, 296, 128, 28, theme.white);
      icon(ctx, theme, paint, x + 60, 1654, 0.76);
      label(ctx, words, x + 198, 1669, { size: 41, colour: theme.ink, align: 'center' });
    }
    hotlineStrip(ctx, theme, 72, 1756, 936, 100);
  },
};

interface Row {
  icon: Icon;
  title: string;
  note: string;
}

/** The lying posters share one plan: a deep field with title and picture, a paper field with rows. */
function landscape(
  ctx: Ctx,
  theme: Theme,
  phase: [string, string],
  title: [string, string],
  english: string,
  rows: Row[],
  picture: () => void,
): void {
  ctx.fillStyle = theme.deep;
  ctx.fillRect(0, 0, 1920, 1080);
  skyline(ctx, 860, 1080, 1.7, 4600, 'rgba(246,189,75,0.30)');
  campaignLine(ctx, theme, 84, 76, 38);
  label(ctx, title[0], 80, 296, { size: 132, colour: theme.white });
  label(ctx, title[1], 80, 454, { size: 132, colour: theme.gold });
  label(ctx, english, 86, 524, { size: 36, colour: theme.white, bold: false });
  picture();
  box(ctx, 812, 0, 1108, 1080, [64, 0, 0, 64], theme.paper);
  const width = capsule(ctx, phase[1], 880, 66, 68, theme.accent, { size: 38, colour: theme.white });
  label(ctx, phase[0], 880 + width + 28, 114, { size: 40, colour: theme.ink });
  for (const [i, row] of rows.entries()) {
    const y = 164 + i * 184;
    box(ctx, 880, y + 5, 956, 164, 32, theme.soft);
    box(ctx, 880, y, 956, 164, 32, theme.white);
    icon(ctx, theme, row.icon, 970, y + 82, 1.08);
    label(ctx, row.title, 1062, y + 76, { size: 60, colour: theme.ink });
    label(ctx, row.note, 1062, y + 135, { size: 42, colour: theme.main });
  }
  hotlineStrip(ctx, theme, 880, 920, 956, 100);
}

const threeDaysIcon: Icon = (ctx, theme) => {
  ring(ctx, 0, 0, 44, 12, theme.soft);
  ctx.beginPath();
  ctx.arc(0, 0, 44, -Math.PI / 2, Math.PI);
  ctx.lineWidth = 12;
  ctx.strokeStyle = theme.accent;
  ctx.stroke();
  label(ctx, '3', 0, 21, { size: 58, colour: theme.main, align: 'center' });
};

/** Poster 2, lying: the rules for letting a home. */
export const rentalRulesLandscape: Poster = {
  id: 'poster-rental-rules-landscape',
  width: 1920,
  height: 1080,
  format: 'png',
  paint: (ctx) => {
    const theme = RENTAL_THEME;
    const rows: Row[] = [
      { icon: landlord, title: '谁来报  房东和转租人', note: '核验租客身份，租赁企业同样要报' },
      { icon: threeDaysIcon, title: '何时报  租客入住3日内', note: '不登记、不报告的，依法担责' },
      { icon: counter, title: '怎么报  网上窗口都能办', note: '政务服务平台、派出所、社区窗口' },
      { icon: noBed, title: '守底线  厨房阳台不住人', note: '电动车不进楼，疏散通道不堵塞' },
    ];
    landscape(
      ctx,
      theme,
      ['出租房安全宣传', '11月1日—12月31日'],
      ['出租房安全', '房东有责'],
      'Landlords must keep rentals safe',
      rows,
      () => {
        at(ctx, 412, 1016, 1.12, () => house(ctx, theme, 5));
      },
    );
  },
};

/** Poster 3, lying: booking a visit and what to have ready. */
export const bookVisitLandscape: Poster = {
  id: 'poster-book-visit-landscape',
  width: 1920,
  height: 1080,
  format: 'webp',
  paint: (ctx) => {
    const theme = VISIT_THEME;
    const rows: Row[] = [
      { icon: handset, title: '怎么约  拨打12345', note: '晚间、周末也能约，时间由您定' },
      { icon: idCard, title: '备证件  全家身份证', note: '有户口簿的，请一并备好' },
      { icon: contract, title: '备证明  房产证或合同', note: '租房住户请备好租赁合同' },
      { icon: family, title: '只采集  四项信息', note: '家庭成员、居住情况、联系方式、诉求' },
    ];
    landscape(
      ctx,
      theme,
      ['入户走访宣传', '7月1日—10月31日'],
      ['预约上门', '一个电话'],
      'One call books a home visit',
      rows,
      () => {
        at(ctx, 412, 796, 1, () => ringingPhone(ctx, theme, STILL_MS));
      },
    );
  },
};
