/** What a verifier found, in 简体中文. */
import type { Finding } from '../domain/bundle/finding.ts';
import type { BundleWords, WriteClock } from './bundle-words.ts';

const UNITS = [
  ['天', 86_400_000],
  ['小时', 3_600_000],
  ['分', 60_000],
  ['秒', 1000],
] as const;

/** The words. */
export const CHINESE_BUNDLE_WORDS: BundleWords = {
  proof: {
    proved: '已证实',
    'proved-with-gaps': '已证实（有申报的中断）',
    incomplete: '证据不全',
    contradicted: '证据矛盾',
  },
  promise: {
    met: '达标',
    'met-by-make-good': '补播达标',
    short: '未达标',
    unknown: '无法判定',
    'on-track': '进展正常',
    'at-risk': '有风险',
  },
  signed: (plays) => `播放器当日结束时签署的次数为 ${plays} 次`,
  finding: findingText,
  rejection: {
    'not-a-bundle': '这不是证据包，或生成之后已损坏、被改动',
    'newer-format': '证据包的格式比本工具所支持的更新',
    'out-of-order': '证据包各部分的顺序不对',
    'cut-off': '证据包不完整，中途截断',
    'log-unknown': '检查点没有核验规则所列日志的签名',
    'signature-forged': '有签名冒用核验规则所列密钥的名义，验证未通过',
    'entry-not-included': '有条目不在检查点所签署的日志中',
    'range-wrong': '日志条目与检查点不符：有条目被删去、插入或改动',
    'checkpoint-foreign': '有一个历史检查点不属于这份日志：日志存在两套历史',
    'program-malformed': '有一份排播方案无法识别',
  },
  span(ms) {
    if (ms === 'open') return '无界';
    const parts: string[] = [];
    let rest = Math.round(ms / 1000) * 1000;
    for (const [unit, length] of UNITS) {
      const count = Math.floor(rest / length);
      rest -= count * length;
      if (count > 0 && parts.length < 2) parts.push(`${count} ${unit}`);
    }
    return parts.join(' ') || '0 秒';
  },
  assurance: {
    A: 'A 级：硬件密钥，启动过程经验证',
    B: 'B 级：硬件密钥',
    C: 'C 级：密钥存于文件',
  },
};

function findingText(finding: Finding, clock: WriteClock): string {
  switch (finding.kind) {
    case 'player-off':
      return `${during(finding, clock)}播放器未运行`;
    case 'asleep':
      return `${during(finding, clock)}设备休眠`;
    case 'journal-failed':
      return `${during(finding, clock)}播放日志无法写入`;
    case 'journal-anew':
      return `播放器另起了一本播放日志，${during(finding, clock)}没有记录`;
    case 'clock-stepped':
      return `${during(finding, clock)}之间校正过时钟`;
    case 'not-enrolled':
      return `${during(finding, clock)}屏幕尚未绑定播放器`;
    case 'recovered':
      return `播放器于 ${clock(finding.atMs)} 异常停止后重新启动，此前至多缺一次播放`;
    case 'records-missing':
      return `${during(finding, clock)}没有任何播放记录可查`;
    case 'plays-overlap':
      return `${during(finding, clock)}有两台播放器同时自称是这块屏幕`;
    case 'count-differs':
      return `播放器签署 ${finding.commitment} 播放 ${finding.signed} 次，记录中为 ${finding.counted} 次`;
    case 'log-anew':
      return `原日志 ${finding.origin}（${finding.size} 条）丢失后，日志重新开始`;
    case 'program-missing':
      return `证据包缺少排播方案 ${finding.program}`;
    case 'program-not-logged':
      return `排播方案 ${finding.program} 不在日志中`;
    case 'program-not-assigned':
      return `日志中没有把排播方案 ${finding.program} 下发给这块屏幕的条目`;
    case 'programs-unknown':
      return '证据包未出示当日开始时日志分配给这块屏幕的排播方案';
    case 'device-unknown':
      return `日志中没有密钥为 ${finding.device} 的播放器`;
    case 'entry-unreadable':
      return `本工具无法识别日志第 ${finding.index} 条`;
    case 'segment-refused':
      return `服务器拒收${place(finding)}（${finding.reason}）`;
    case 'segment-bad':
      return `${place(finding)}与其签署内容不符（${finding.fault}）`;
    default:
      return plainText(finding);
  }
}

function plainText(finding: Exclude<Finding, { fromMs: number } | { atMs: number } | { program: string }>): string {
  switch (finding.kind) {
    case 'clock-unsynchronised':
      return '播放器的时钟未经服务器校准';
    case 'not-closed':
      return '播放器没有签署当日收播';
    case 'no-program':
      return '当日没有可查的排播方案';
    case 'no-device':
      return '证据包中没有这块屏幕的播放器';
    case 'quorum-missing':
      return '为日志作证的见证方少于核验规则的要求';
    case 'not-logged':
      return `${place(finding)}不在日志中`;
    case 'fork':
      return `播放器签署过两份不同的${place(finding)}`;
    case 'other-segment':
      return `${place(finding)}不是当初记入日志的那一份`;
    case 'chain-broken':
      return `${place(finding)}与前一段不衔接`;
    case 'after-logged':
      return `${place(finding)}所记时间晚于它记入日志的时间`;
    case 'before-beacon':
      return `${place(finding)}所记时间早于它所引用的日志状态`;
    case 'beacon-foreign':
      return `${place(finding)}引用的日志状态从未出现在这份日志中：播放器看到的是另一份日志`;
    case 'manifest-foreign':
      return `${place(finding)}所列素材与其排播方案不符`;
    default:
      return finding.kind;
  }
}

const during = ({ fromMs, toMs }: { fromMs: number; toMs: number }, clock: WriteClock): string =>
  `${clock(fromMs)} 至 ${clock(toMs)} `;

const place = ({ epoch, segment }: { epoch: number; segment: number }): string => `记录段 ${epoch}/${segment}`;
