/** Downloads plays as a file: of one screen or of all, for a span of dates, in a format. */
import { DownloadOutlined } from '@ant-design/icons';
import { Button, DatePicker, Modal, Segmented } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { PLAYS_EXPORT_PATH, PLAYS_FORMATS, type PlaysFormat } from '../../../../protocol/http/plays-export.ts';
import { routeUrl } from '../../../../protocol/http/route.ts';
import { commonTexts } from '../../i18n/common-texts.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { useIsNarrow } from '../../widgets/narrow.ts';
import { FormField } from '../library/form-field.tsx';
import { downloadTexts } from './download-texts.ts';
import './plays-download.css';

/** Dates of service, both included; empty where none is given yet. */
type Span = { from: string; to: string };

type Props = {
  /** The screen, named as its readers know it; null is every screen the person may see. */
  screen: { id: string; name: string } | null;
  first: Span;
  size?: 'small';
};

/** The button, and the dialog that it opens; `first` is the span that is offered. A small one is its sign alone on a narrow window. */
export function PlaysDownload({ screen, first, size }: Props) {
  const t = useTexts(downloadTexts);
  const narrow = useIsNarrow();
  const [isOpen, setOpen] = useState(false);
  const label = t(screen ? 'openShort' : 'open');
  return (
    <>
      <Button icon={<DownloadOutlined />} {...(size && { size })} aria-label={label} onClick={() => setOpen(true)}>
        {size && narrow ? null : label}
      </Button>
      {isOpen && <DownloadDialog screen={screen} first={first} onClose={() => setOpen(false)} />}
    </>
  );
}

function DownloadDialog({ screen, first, onClose }: Omit<Props, 'size'> & { onClose: () => void }) {
  const t = useTexts(downloadTexts);
  const words = useTexts(commonTexts);
  const [span, setSpan] = useState(first);
  const [format, setFormat] = useState<PlaysFormat>('csv');
  const isWhole = span.from !== '' && span.to !== '' && span.from <= span.to;
  const url = routeUrl(PLAYS_EXPORT_PATH, {}, { ...span, screen: screen?.id, format });
  const dateOf = (picked: dayjs.Dayjs | null): string => picked?.format('YYYY-MM-DD') ?? '';
  const shown = (date: string): dayjs.Dayjs | null => (date === '' ? null : dayjs(date));
  return (
    <Modal
      open
      centered
      width={480}
      title={screen ? t('titleOf', { name: screen.name }) : t('title')}
      onCancel={onClose}
      footer={
        <>
          <Button onClick={onClose}>{words('cancel')}</Button>
          <Button
            type="primary"
            icon={<DownloadOutlined />}
            {...(isWhole ? { href: url, download: '', onClick: onClose } : { disabled: true })}
          >
            {t('download')}
          </Button>
        </>
      }
    >
      <div className="x-stack">
        {screen === null && <span className="x-soft">{t('ofAll')}</span>}
        <FormField label={t('dates')} fault={isWhole ? null : t('datesFault')}>
          {(id) => (
            <div className="x-download-dates">
              <DatePicker
                id={id}
                value={shown(span.from)}
                status={isWhole ? '' : 'error'}
                onChange={(date) => setSpan({ ...span, from: dateOf(date) })}
              />
              <span className="x-faint">–</span>
              <DatePicker
                aria-label={`${t('dates')} ${t('to')}`}
                value={shown(span.to)}
                status={isWhole ? '' : 'error'}
                onChange={(date) => setSpan({ ...span, to: dateOf(date) })}
              />
            </div>
          )}
        </FormField>
        <FormField label={t('format')} hint={t(`hint.${format}`)}>
          <Segmented<PlaysFormat>
            block
            value={format}
            onChange={setFormat}
            options={PLAYS_FORMATS.map((value) => ({ value, label: t(`format.${value}`) }))}
          />
        </FormField>
      </div>
    </Modal>
  );
}
