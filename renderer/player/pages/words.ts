/** The words of the calm pages, in Chinese and English. */
import type { StageCommand } from '../../../protocol/stage.ts';

/** Why nothing shows. */
export type IdleReason = Extract<StageCommand, { type: 'idle' }>['reason'];

/** A line in both languages of the interface. */
export type Bilingual = { zh: string; en: string };

/** Headline and second line of the calm page, by reason. */
export const IDLE_WORDS: Readonly<Record<IdleReason, { head: Bilingual; more: Bilingual }>> = {
  closed: {
    head: { zh: '本屏休息中', en: 'This screen is resting' },
    more: { zh: '开放时间到，将自动恢复播放', en: 'It resumes by itself at opening time' },
  },
  'nothing-due': {
    head: { zh: '稍后继续', en: 'More to come' },
    more: { zh: '此刻没有安排播放的内容', en: 'Nothing is scheduled at this moment' },
  },
  loading: {
    head: { zh: '节目准备中', en: 'Getting ready' },
    more: { zh: '正在取得要播放的内容', en: 'Content for this screen is on its way' },
  },
  'no-program': {
    head: { zh: '等待安排节目', en: 'Awaiting a program' },
    more: { zh: '请在控制台为本屏安排播放内容', en: 'Assign content to this screen in the console' },
  },
};

/** The words of the pairing page. */
export const PAIRING_WORDS = {
  head: { zh: '屏幕配对', en: 'Pair this screen' },
  code: { zh: '配对码', en: 'Pairing code' },
  server: { zh: '控制台地址', en: 'Console address' },
  key: { zh: '播放器密钥指纹', en: 'Player key' },
  steps: [
    { zh: '用电脑或手机打开控制台', en: 'Open the console on a computer or phone' },
    { zh: '登录后进入“屏幕”，点“配对”', en: 'Sign in, go to Screens, choose Pair' },
    { zh: '输入本页的配对码', en: 'Enter the code shown here' },
  ],
} satisfies Record<string, Bilingual | Bilingual[]>;

/** Over an emergency message. */
export const TAKEOVER_WORDS: Bilingual = { zh: '紧急通知', en: 'Emergency notice' };

/** Over the screen's name. */
export const IDENTIFY_WORDS: Bilingual = { zh: '本屏名称与编号', en: 'Name and number of this screen' };
