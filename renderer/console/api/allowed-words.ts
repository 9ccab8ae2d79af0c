/** What a rule allows, in Chinese: the contract words its rules in English, for logs as well as for people. */

const CHINESE: ReadonlyMap<string, string> = new Map([
  ['a calendar date YYYY-MM-DD', '日期，写作 YYYY-MM-DD'],
  ['a duration of 1000 to 600000 ms', '1 至 600 秒的时长'],
  ['a duration of 3000 to 300000 ms', '3 至 300 秒的时长'],
  ['a flight that ends on or after the day it starts', '结束日期不早于开始日期的投放期'],
  ['a name of 1 to 200 characters', '1 至 200 个字的名称'],
  ['a password of 10 to 200 characters', '10 至 200 个字符的密码'],
  ['a share above 0 and at most 1', '大于 0% 且不超过 100% 的占比'],
  ['a share of 0.1 to 1', '10% 至 100%'],
  ['a sign-in name: 2 to 32 of a-z 0-9 . _ -', '2 至 32 位的登录名，可用 a-z 0-9 . _ -'],
  ['a span of at most 24 hours', '不超过 24 小时的时段'],
  ['a span that starts before 24:00', '在 24:00 之前开始的时段'],
  ['a span whose end is after its start (past midnight: write 25:30)', '结束晚于开始的时段（过午夜写作 25:30）'],
  ['a text of 1 to 5000 characters', '1 至 5000 个字的文字'],
  ['a time HH:MM from 00:00 to 47:59', '时间，写作 HH:MM，00:00 至 47:59'],
  ['a weight of 1 to 100', '1 至 100 的权重'],
  ['a whole number of plays from 0 to 10000', '0 至 10000 的整数次数'],
  ['an IANA time zone such as Asia/Shanghai', 'IANA 时区，例如 Asia/Shanghai'],
  ['at least one commitment', '至少一项承诺'],
  ['at least one creative', '至少一项宣传内容'],
  ['at least one flight', '至少一个投放期'],
  ['at least one span of opening hours', '至少一个开放时段'],
  ['at least one weekday', '至少一天'],
  ['commitments with different ids', '编号各不相同的承诺'],
  ['flights with different ids', '编号各不相同的投放期'],
  ['opening hours of at most 24 hours', '不超过 24 小时的开放时段'],
  [
    'opening hours that end after they start (past midnight: write 25:30)',
    '结束晚于开始的开放时段（过午夜写作 25:30）',
  ],
  ['opening hours that start before 24:00', '在 24:00 之前开始的开放时段'],
  ['an id not used before', '未用过的编号'],
  ['nothing that refers to it', '没有其他内容引用'],
  ['a file that can be read', '可以读取的文件'],
]);

/** `allowed` in Chinese where it is a rule known here, else as the server said it. */
export const allowedInChinese = (allowed: string): string => CHINESE.get(allowed) ?? allowed;
