/** What the page says, in 简体中文. */
import type { Unchecked } from '../check/check-outcome.ts';
import type { PageWords } from './page-words.ts';

/** The words. */
export const CHINESE_PAGE_WORDS: PageWords = {
  title: '离线核验',
  lead: '核对证据包中的签名、日志与播放记录，逐屏逐日得出结论。',
  bundle: '证据包',
  bundleNote: '由 xunbo export --bundle 生成的文件',
  policy: '核验规则',
  policyNote: '列明信任哪些日志与见证方的文本文件，应由核验方自备',
  choose: '选择文件',
  change: '更换文件',
  hint: '也可以把两个文件一起拖到本页任意位置。全部核验在本机浏览器内完成，文件不会上传，断网也能使用。',
  dropHere: '松开即可放入文件',
  checking: '正在核验',
  stop: '停止',
  unchecked: '未能核验',
  failure: failureText,
  report: '核验报告',
  meaning: {
    proved: '各屏幕每个日期的记录齐全，彼此一致，并与签署的日志相符。',
    'proved-with-gaps': '记录彼此一致，并与签署的日志相符；其间有播放器自行申报的中断，已列在相应日期。',
    incomplete: '部分日期缺少记录或凭据，缺失之处不作认定，已列在相应日期。',
    contradicted: '部分日期的记录互相矛盾或与日志不符，所涉承诺一律不予认定，已列在相应日期。',
  },
  rejected: '不予采信',
  rejectedFor: (reason) => `${reason}。整个证据包不能作为凭据，其中内容未作认定。`,
  print: '打印',
  saveJson: '保存为 JSON',
  saveCsv: '保存为 CSV',
  facts: '核验依据',
  period: '日期',
  campaign: '宣传活动',
  unit: '单位',
  screens: '屏幕',
  log: '日志',
  entries: (count) => `${count.toLocaleString('en')} 条`,
  root: '日志根哈希',
  vouched: '见证方',
  nobody: '无见证方作证',
  vouchedAt: '作证时间',
  noTime: '未说明',
  bundleFile: '证据包文件',
  policyFile: '核验规则文件',
  checkedAt: '核验时间（本机时钟）',
  checkedBy: '核验工具',
  tally: '汇总',
  ofEvidence: '证据（逐屏逐日）',
  ofPromises: '承诺（逐屏逐日）',
  leftOut: (names) =>
    `浏览器无法验证 ML-DSA-44 签名，以下密钥的签名未参与核验，也未要求具备：${names}。如需一并核验，请使用命令行工具 xunbo verify。`,
  screen: '屏幕',
  noDevice: '日志中没有这块屏幕的播放器',
  player: '播放器',
  standing: (assurance, enrolled) => `${assurance}，绑定于 ${enrolled}`,
  signedBy: (units) => (units.length > 0 ? `绑定由 ${units.join('、')} 签署` : '绑定未经任何单位签署'),
  unsigned: '绑定未经单位签署的屏幕',
  timesIn: (zone) => `时间为 ${zone} 当地时间`,
  date: '日期',
  evidence: '证据',
  signedWithin: '签署时间不确定范围',
  promises: '承诺',
  findings: '说明',
  noPromises: '当日没有承诺',
  plays: ({ plays, required, makeGoods }) =>
    [
      `播放 ${plays} 次`,
      ...(makeGoods > 0 ? [`其中补播 ${makeGoods} 次`] : []),
      ...(required > 0 ? [`承诺 ${required} 次`] : []),
    ].join('，'),
  none: '无',
  limits: '本报告不能证明的事',
  limitsText:
    '掌握播放器密钥的人可以签署虚构的播放。证据限定了签署的时间范围，事后改动会被发现；播放器的密钥等级说明它可信到什么程度。核验页与核验规则请取自核验方信任的来源，而非受检单位。',
};

function failureText(failure: Unchecked): string {
  switch (failure.kind) {
    case 'bundle-too-large':
      return '证据包超过 2 GB，请使用命令行工具 xunbo verify 核验，或按较短的日期范围分别导出。';
    case 'policy-too-large':
      return '所选的核验规则文件过大，不是核验规则。';
    case 'no-ed25519':
      return '这个浏览器在当前环境下不能验证 Ed25519 签名。请把本页保存到本机后打开，并使用 Chrome 或 Edge 137、Firefox 130、Safari 17 及以上版本。';
    case 'no-checkable-log':
      return '核验规则只列出了日志的 ML-DSA-44 密钥，浏览器无法验证。请使用命令行工具 xunbo verify。';
    case 'policy-wrong':
      return failure.text.trim() === ''
        ? `核验规则不完整：缺少 quorum 一行（第 ${failure.line} 行处）。`
        : `核验规则第 ${failure.line} 行有误：${failure.text.trim().slice(0, 120)}`;
    case 'unreadable':
      return `文件无法读取，可能在选择之后被移动或修改，请重新选择。（${failure.message}）`;
    case 'broken':
      return `核验中途出错，没有得出结论。（${failure.message}）`;
  }
}
