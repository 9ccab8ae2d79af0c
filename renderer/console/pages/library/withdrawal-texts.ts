/** Words of content that is taken from the screens, and given back. */
import { defineTexts } from '../../i18n/i18n.ts';

/** Words of withdrawal. */
export const withdrawalTexts = defineTexts('withdrawal', {
  zh: {
    mark: '已撤下',
    withdraw: '撤下',
    restore: '恢复',
    'withdrawn.title': '撤下“{{name}}”？',
    'withdrawn.text': '在线屏幕两秒内停止播放并删除缓存，离线屏幕一恢复联网就执行。已有的播出记录和证明不受影响。',
    'withdrawn.uses': '播放列表会跳过它；没有其他素材的活动记为未达标（内容已撤下），直到恢复或更换素材。用到它的有：',
    'withdrawn.save': '立即撤下',
    'withdrawn.done': '已撤下“{{name}}”',
    'restored.title': '恢复“{{name}}”？',
    'restored.text': '它会重新出现在原来的播放列表和活动中，屏幕重新下载后即可播放。',
    'restored.save': '恢复播放',
    'restored.done': '已恢复“{{name}}”',
    reason: '原因',
    reasonHint: '会与您的姓名和时间一起留存。',
    reasonPlaceholder: '例如：内容有误，等待更正',
    reasonMissing: '请填写原因，最多 200 字',
    note: '{{name}}于 {{time}} 撤下：{{reason}}',
    noteRestored: '{{name}}于 {{time}} 恢复：{{reason}}',
    nowhere: '任何屏幕都不会播放它，也不能用于新的活动。',
  },
  en: {
    mark: 'Withdrawn',
    withdraw: 'Withdraw',
    restore: 'Restore',
    'withdrawn.title': 'Withdraw “{{name}}”?',
    'withdrawn.text':
      'Connected screens stop showing it and delete it within two seconds, others as soon as they are back online. Plays and proofs so far are kept.',
    'withdrawn.uses':
      'Playlists skip it. A campaign with nothing else to play is short (content withdrawn) until it is restored or replaced. Used in:',
    'withdrawn.save': 'Withdraw now',
    'withdrawn.done': '“{{name}}” withdrawn',
    'restored.title': 'Restore “{{name}}”?',
    'restored.text': 'It is back in its playlists and campaigns, and shown as soon as screens have fetched it again.',
    'restored.save': 'Restore',
    'restored.done': '“{{name}}” restored',
    reason: 'Reason',
    reasonHint: 'Kept with your name and the time.',
    reasonPlaceholder: 'Such as: wrong figures, to be corrected',
    reasonMissing: 'Give a reason of at most 200 characters',
    note: 'Withdrawn by {{name}}, {{time}}: {{reason}}',
    noteRestored: 'Restored by {{name}}, {{time}}: {{reason}}',
    nowhere: 'No screen shows it, and no new campaign can use it.',
  },
});
