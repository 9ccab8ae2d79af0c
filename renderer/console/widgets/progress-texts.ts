/** Words beside the count of a promise. */
import { defineTexts } from '../i18n/i18n.ts';

/** Words beside the count of a promise. */
export const progressTexts = defineTexts('progress', {
  zh: {
    provenAll: '全部已有签名记录',
    reported: '{{n}} 次待上传',
    reportedHint: '播放器已报告，签名记录尚未到达服务器：{{n}} 次；已证实 {{proven}} 次',
    makeGoods: '补播 {{n}} 次',
    attested: '以导入的播出单为据',
  },
  en: {
    provenAll: 'signed records of all of them are here',
    reported: '{{n}} arriving',
    reportedHint: 'Reported by the player, signed records still on their way: {{n}}; proven: {{proven}}',
    makeGoods: '{{n}} made good',
    attested: 'attested by its as-run log',
  },
});
