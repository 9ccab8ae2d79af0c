/** Whether all is saved, and the buttons that save, discard and delete. */
import { DeleteOutlined } from '@ant-design/icons';
import { Button, Tooltip } from 'antd';
import { useTexts } from '../../i18n/i18n.ts';
import { StatusDot } from '../../widgets/status-dot.tsx';
import { texts } from './texts.ts';

type Props = {
  isChanged: boolean;
  isNew: boolean;
  isSaving: boolean;
  faults: number;
  onSave: () => void;
  onDiscard: () => void;
  onRemove: () => void;
};

/** `faults`: how many places keep it from being saved. */
export function SaveState({ isChanged, isNew, isSaving, faults, onSave, onDiscard, onRemove }: Props) {
  const t = useTexts(texts);
  return (
    <div className="x-row">
      {faults > 0 ? (
        <StatusDot tone="bad" label={t('faults', { count: faults })} />
      ) : isChanged ? (
        <StatusDot tone="warn" label={t('unsaved')} />
      ) : (
        !isNew && <StatusDot tone="good" label={t('saved')} quiet />
      )}
      {!isNew && (
        <Tooltip title={t('deletePlaylist')}>
          <Button type="text" icon={<DeleteOutlined />} aria-label={t('deletePlaylist')} onClick={onRemove} />
        </Tooltip>
      )}
      {isChanged && <Button onClick={onDiscard}>{t('discard')}</Button>}
      <Button type="primary" disabled={!isChanged} loading={isSaving} onClick={onSave}>
        {t('save')}
      </Button>
    </div>
  );
}
