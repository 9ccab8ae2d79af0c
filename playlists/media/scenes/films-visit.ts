// The two phase 1 films: the three steps of a home visit, and how to book one.
import { at, enter, glide, reveal, swing, VISIT_THEME } from './drawing.ts';
import { booklet, contract, family, home, idCard, noFee, noPassword, noSales, smartphone, speech } from './icons.ts';
import { badge, calendar, shield, signing, tickList } from './icons-more.ts';
import { cardPage, stepPage, tick, titlePage } from './layouts.ts';
import { COLLECTOR, door, person, resident, ringingPhone } from './people-and-places.ts';
import type { Film } from './player.ts';

const PHASE = '7月1日—10月31日';

/** Film 1: what happens at the door and how to know the collector. */
export const homeVisit: Film = {
  id: 'film-home-visit',
  theme: VISIT_THEME,
  phaseLine: PHASE,
  sound: true,
  pages: [
    titlePage({
      lengthMs: 3000,
      lines: ['入户走访', '三步走'],
      english: 'A home visit in three simple steps',
      size: 128,
      picture: (ctx, theme, t) => {
        at(ctx, 902, 652, 0.92, () => door(ctx, theme, glide(t, 700, 1300)));
        // The resident comes into view only once the door stands open.
        reveal(ctx, enter(t, 1650, 500), () => at(ctx, 916, 566, 0.5, () => person(ctx, theme, resident(theme, null))));
        at(ctx, 1056, 530, 0.86, () => person(ctx, theme, { ...COLLECTOR, wave: swing(t, 900) }));
      },
    }),
    stepPage({
      lengthMs: 3000,
      tag: '第一步',
      heading: '看证件',
      lines: ['统一着装 两人同行', '佩戴工作证 可核验'],
      english: 'Step 1   Check the badge and uniform',
      picture: (ctx, theme, t) => at(ctx, 972, 384, 1.08, () => badge(ctx, theme, t, enter(t, 1000, 400))),
    }),
    stepPage({
      lengthMs: 3000,
      tag: '第二步',
      heading: '说情况',
      lines: ['如实回答 当面核对', '全程约十分钟'],
      english: 'Step 2   Answer and check the entries',
      picture: (ctx, theme, t) => {
        at(ctx, 972, 388, 1.04, () => tickList(ctx, theme, t, 900, ['家庭成员', '居住情况', '意见诉求']));
      },
    }),
    stepPage({
      lengthMs: 3000,
      tag: '第三步',
      heading: '作确认',
      lines: ['核对无误 签字确认', '信息内容 依法保密'],
      english: 'Step 3   Sign to confirm',
      picture: (ctx, theme, t) => {
        at(ctx, 972, 384, 1.08, () => signing(ctx, theme, glide(t, 800, 1300)));
        tick(ctx, theme, 1132, 212, enter(t, 2100, 400));
      },
    }),
    cardPage({
      lengthMs: 3000,
      heading: '采集员严守“三不”',
      english: 'Real collectors never charge, sell or ask for passwords',
      hotline: true,
      cards: [
        { icon: noFee, words: '不收费' },
        { icon: noSales, words: '不推销' },
        { icon: noPassword, words: '不问密码' },
      ],
    }),
  ],
};

/** Film 2: booking a visit, what to have ready and what is recorded. */
export const bookVisit: Film = {
  id: 'film-book-visit',
  theme: VISIT_THEME,
  phaseLine: PHASE,
  sound: false,
  pages: [
    titlePage({
      lengthMs: 2600,
      lines: ['预约上门', '一个电话'],
      english: 'One call books a home visit',
      size: 128,
      picture: (ctx, theme, t) => at(ctx, 980, 396, 0.98, () => ringingPhone(ctx, theme, t)),
    }),
    stepPage({
      lengthMs: 2800,
      tag: '怎么约',
      heading: '拨打12345',
      lines: ['说明住址和方便时间', '晚间、周末也能约'],
      english: 'Call 12345. Evenings and weekends too',
      picture: (ctx, theme, t) => at(ctx, 972, 392, 1.2, () => calendar(ctx, theme, enter(t, 1000, 500))),
    }),
    cardPage({
      lengthMs: 3000,
      heading: '上门前请备好',
      english: 'Please have these ready before the visit',
      cards: [
        { icon: idCard, words: '身份证', note: '全家成员' },
        { icon: booklet, words: '户口簿', note: '如有请备好' },
        { icon: contract, words: '房产证', note: '或租赁合同' },
      ],
    }),
    cardPage({
      lengthMs: 3000,
      heading: '只采集这四项',
      english: 'Only these four things are recorded',
      cards: [
        { icon: family, words: '家庭成员' },
        { icon: home, words: '居住情况' },
        { icon: smartphone, words: '联系方式' },
        { icon: speech, words: '意见诉求' },
      ],
    }),
    titlePage({
      lengthMs: 2600,
      lines: ['信息保密', '安心填报'],
      english: 'Your information is protected by law',
      size: 116,
      hotline: true,
      picture: (ctx, theme, t) => {
        at(ctx, 980, 396, 1.16, () => shield(ctx, theme, t));
      },
    }),
  ],
};
