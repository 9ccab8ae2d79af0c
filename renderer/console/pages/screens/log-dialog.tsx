/** The last lines of a player's log, to be read and copied. */
import { CopyOutlined } from '@ant-design/icons';
import { App, Button, Modal } from 'antd';
import { useEffect, useRef } from 'react';
import { commonTexts } from '../../i18n/common-texts.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { useTimes } from '../../widgets/zone-time.ts';
import { playerTexts } from './player-texts.ts';
import { readLogLine } from './read-log-line.ts';

/** Open while `lines` are given; what is copied are the lines as the player wrote them. `zone`: that of the screen. */
export function LogDialog({
  title,
  lines,
  zone,
  onClose,
}: {
  title: string;
  lines: readonly string[] | null;
  zone: string;
  onClose: () => void;
}) {
  const t = useTexts(playerTexts);
  const words = useTexts(commonTexts);
  const time = useTimes();
  const { message } = App.useApp();
  const foot = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (lines) foot.current?.scrollIntoView({ block: 'end' });
  }, [lines]);

  const copy = (): void => {
    navigator.clipboard?.writeText((lines ?? []).join('\n')).then(
      () => message.success(t('copied')),
      () => message.error(t('copyFailed')),
    ) ?? void message.error(t('copyFailed'));
  };
  return (
    <Modal
      open={lines !== null}
      title={title}
      onCancel={onClose}
      width={860}
      destroyOnHidden
      footer={
        <>
          <Button onClick={onClose}>{words('close')}</Button>
          <Button type="primary" icon={<CopyOutlined />} disabled={!lines?.length} onClick={copy}>
            {t('copy')}
          </Button>
        </>
      }
    >
      <p className="x-faint">{lines?.length ? t('logNote', { n: lines.length }) : t('logEmpty')}</p>
      {lines && lines.length > 0 && (
        <div className="x-log">
          {lines.map((text, at) => {
            const line = readLogLine(text);
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines come once, in order, and may be alike
              <div key={at} className={`x-log-line x-log-${line.level}`}>
                {line.atMs === null ? (
                  <span />
                ) : (
                  <span className="x-faint x-num" title={time(line.atMs, 'moment', zone)}>
                    {time(line.atMs, 'second', zone)}
                  </span>
                )}
                <span className="x-log-level">{line.level}</span>
                <span>
                  {line.msg} <span className="x-soft">{line.fields}</span>
                </span>
              </div>
            );
          })}
          <div ref={foot} />
        </div>
      )}
    </Modal>
  );
}
