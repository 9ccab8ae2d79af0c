/** Chooses files to upload and, where there is a choice, the unit they are to belong to. */
import { UploadOutlined } from '@ant-design/icons';
import { Button, Select } from 'antd';
import { useRef } from 'react';
import { useTexts } from '../../i18n/i18n.ts';
import { useNameOf } from '../../widgets/entity-name.ts';
import { useOwnUnits } from './own-units.ts';
import { texts } from './texts.ts';
import { useUploadUnit } from './upload-unit.ts';
import { ACCEPTED_TYPES, useAddFiles } from './use-add-files.ts';

/** Button and unit choice. */
export function UploadButton() {
  const t = useTexts(texts);
  const nameOf = useNameOf();
  const { own } = useOwnUnits();
  const [unitId, chooseUnit] = useUploadUnit();
  const addFiles = useAddFiles();
  const chooser = useRef<HTMLInputElement>(null);
  return (
    <>
      {own.length > 1 && (
        <Select
          className="l-unit-choice"
          aria-label={t('uploadTo')}
          prefix={<span className="x-faint">{t('uploadTo')}</span>}
          value={unitId}
          onChange={chooseUnit}
          options={own.map((unit) => ({ value: unit.id, label: nameOf(unit) }))}
          showSearch={{ optionFilterProp: 'label' }}
          popupMatchSelectWidth={false}
        />
      )}
      <input
        ref={chooser}
        type="file"
        multiple
        hidden
        accept={ACCEPTED_TYPES}
        onChange={(event) => {
          addFiles([...(event.target.files ?? [])], unitId);
          event.target.value = '';
        }}
      />
      <Button type="primary" icon={<UploadOutlined />} onClick={() => chooser.current?.click()}>
        {t('upload')}
      </Button>
    </>
  );
}
