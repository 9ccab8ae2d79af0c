/** Words of how a poster stands on a screen. */
import { defineTexts } from '../../i18n/i18n.ts';

/** Words of how a poster stands on a screen. */
export const posterTexts = defineTexts('poster', {
  zh: {
    on: '预览屏幕',
    'on.landscape': '横屏',
    'on.portrait': '竖屏',
    fit: '显示方式',
    'fit.contain': '完整显示',
    'fit.contain.note': '画面完整，空余处衬虚化底图',
    'fit.cover': '铺满屏幕',
    'fit.cover.note': '不留空，超出屏幕的部分裁去',
    pan: '缓慢平移',
    'pan.note': '播放时画面缓缓移动一小段',
  },
  en: {
    on: 'Preview on',
    'on.landscape': 'Landscape',
    'on.portrait': 'Portrait',
    fit: 'Fit',
    'fit.contain': 'Whole picture',
    'fit.contain.note': 'Nothing is cut; a blurred copy fills the rest',
    'fit.cover': 'Fill the screen',
    'fit.cover.note': 'Nothing is left bare; what reaches past the edges is cut',
    pan: 'Slow pan',
    'pan.note': 'The picture moves a little while it shows',
  },
});
