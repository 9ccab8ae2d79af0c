// The two phase 2 films: the landlord's duties, and how tenants declare where they live.
import { at, clamp01, disc, enter, label, RENTAL_THEME, ring, swing } from './drawing.ts';
import { company, contract, idCard, landlord, noBed, noBlock, noEbike, smartphone, subletter } from './icons.ts';
import { counter, doorKey, scales } from './icons-more.ts';
import { cardPage, type Picture, stepPage, tick, titlePage } from './layouts.ts';
import { house, person, resident, suitcase } from './people-and-places.ts';
import type { Film } from './player.ts';

const PHASE = '11月1日—12月31日';

const threeDays: Picture = (ctx, theme, t) => {
  const counted = clamp01((t - 500) / 1800);
  ring(ctx, 972, 384, 168, 34, theme.white);
  ctx.beginPath();
  ctx.arc(972, 384, 168, -Math.PI / 2, -Math.PI / 2 + counted * Math.PI * 2);
  ctx.lineWidth = 34;
  ctx.lineCap = 'round';
  ctx.strokeStyle = theme.accent;
  ctx.stroke();
  disc(ctx, 972, 384, 138, theme.main);
  const day = Math.min(3, 1 + Math.floor(counted * 3));
  label(ctx, '第', 898, 412, { size: 46, colour: theme.white, align: 'center' });
  label(ctx, String(day), 972, 440, { size: 156, colour: theme.gold, align: 'center' });
  label(ctx, '日', 1046, 412, { size: 46, colour: theme.white, align: 'center' });
  tick(ctx, theme, 1110, 510, enter(t, 2300, 400));
};

/** Film 3: who must register and report, by when, the safety red lines and the liability. */
export const rentalSafety: Film = {
  id: 'film-rental-safety',
  theme: RENTAL_THEME,
  phaseLine: PHASE,
  sound: true,
  pages: [
    titlePage({
      lengthMs: 3000,
      lines: ['出租房安全', '房东有责'],
      english: 'Landlords must keep rentals safe',
      size: 122,
      picture: (ctx, theme, t) => {
        at(ctx, 980, 652, 1.02, () => house(ctx, theme, Math.floor(clamp01((t - 500) / 1600) * 5)));
      },
    }),
    cardPage({
      lengthMs: 3200,
      heading: '谁要登记申报',
      english: 'Who must register and report',
      cards: [
        { icon: landlord, words: '房东', note: '自有住房出租' },
        { icon: subletter, words: '转租人', note: '二房东同样负责' },
        { icon: company, words: '租赁企业', note: '含受托代管' },
      ],
    }),
    stepPage({
      lengthMs: 3400,
      tag: '何时报',
      heading: '3日内申报',
      lines: ['自租客入住之日起', '核验身份 如实登记'],
      english: 'Report within 3 days of move-in',
      picture: threeDays,
    }),
    cardPage({
      lengthMs: 3400,
      heading: '出租房安全三不准',
      english: 'Three safety rules no rental may break',
      cards: [
        { icon: noBed, words: '厨房阳台住人' },
        { icon: noEbike, words: '电动车进楼' },
        { icon: noBlock, words: '堵塞疏散通道' },
      ],
    }),
    titlePage({
      lengthMs: 3000,
      lines: ['不登记 不报告', '依法担责'],
      english: 'Not registering is punishable by law',
      size: 100,
      hotline: true,
      picture: (ctx, theme, t) => at(ctx, 980, 406, 1.02, () => scales(ctx, theme, t)),
    }),
  ],
};

/** Film 4: how a tenant declares residence. */
export const tenantDeclare: Film = {
  id: 'film-tenant-declare',
  theme: RENTAL_THEME,
  phaseLine: PHASE,
  sound: false,
  pages: [
    titlePage({
      lengthMs: 3000,
      lines: ['租客居住登记', '怎么办'],
      english: 'How tenants declare their residence',
      size: 108,
      picture: (ctx, theme, t) => {
        at(ctx, 896, 534, 1.04, () => person(ctx, theme, resident(theme, swing(t, 1000))));
        at(ctx, 1128, 642, 0.92, () => suitcase(ctx, theme));
        at(ctx, 1098, 300, 1, () => doorKey(ctx, theme, t), swing(t, 1600) * 0.22);
      },
    }),
    cardPage({
      lengthMs: 3000,
      heading: '带齐三样',
      english: 'Bring these three things',
      cards: [
        { icon: idCard, words: '身份证' },
        { icon: contract, words: '租赁合同' },
        { icon: smartphone, words: '手机号码' },
      ],
    }),
    cardPage({
      lengthMs: 3000,
      heading: '两种办法任您选',
      english: 'Declare online or at a service window',
      cards: [
        { icon: smartphone, words: '网上办', note: '政务服务平台自助申报' },
        { icon: counter, words: '窗口办', note: '派出所、社区服务窗口' },
      ],
    }),
    titlePage({
      lengthMs: 3000,
      lines: ['入住3日内登记', '搬离及时注销'],
      english: 'Declare moving in and moving out',
      size: 98,
      hotline: true,
      picture: (ctx, theme, t) => {
        at(ctx, 980, 652, 1.02, () => house(ctx, theme, 5));
        tick(ctx, theme, 1104, 262, enter(t, 900, 500));
      },
    }),
  ],
};
