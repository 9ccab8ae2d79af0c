/** Texts of the download of plays. */
import { defineTexts } from '../../i18n/i18n.ts';

/** Texts of the download of plays. */
export const downloadTexts = defineTexts('plays-download', {
  zh: {
    open: '下载播出记录',
    openShort: '下载',
    title: '下载播出记录',
    titleOf: '下载“{{name}}”的播出记录',
    ofAll: '包括本单位及下级单位的全部屏幕。',
    dates: '日期',
    to: '至',
    datesFault: '起始日期不能晚于结束日期，两者都要填写',
    format: '格式',
    'format.csv': 'CSV 表格',
    'format.asmil': 'A-SMIL',
    'format.h782': 'ITU-T H.782',
    'hint.csv': '每次播出一行，含播出时的名称与各项指纹，可用电子表格软件打开。',
    'hint.asmil': 'A-SMIL（POPAI）播放日志，XML。只列计数的播出，内容以编号表示。',
    'hint.h782': '国际电信联盟 H.782 播放日志，XML。列出每次播出的结果与记录指纹，内容以编号表示。',
    download: '下载',
  },
  en: {
    open: 'Download plays',
    openShort: 'Download',
    title: 'Download plays',
    titleOf: 'Download plays of {{name}}',
    ofAll: 'All screens of your unit and the units below it.',
    dates: 'Dates',
    to: 'to',
    datesFault: 'Give both dates, the first not after the last',
    format: 'Format',
    'format.csv': 'CSV table',
    'format.asmil': 'A-SMIL',
    'format.h782': 'ITU-T H.782',
    'hint.csv': 'One row a play, with the names it had then and every hash. Opens in a spreadsheet.',
    'hint.asmil': 'Play log of A-SMIL (POPAI), XML. Only plays that count; content by its id.',
    'hint.h782':
      'Play log of ITU-T H.782, XML. Every play, how it ended and the hash of its record; content by its id.',
    download: 'Download',
  },
});
