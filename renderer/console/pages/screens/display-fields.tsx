/** The fields of how a screen hangs, sounds and goes in step with others. */
import { AutoComplete, Form, Segmented } from 'antd';
import { ROTATIONS, type Sound } from '../../../../domain/catalogue/organisation.ts';
import { API } from '../../../../protocol/http/api.ts';
import { useApi } from '../../api/use-api.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { screenFormTexts } from './form-texts.ts';
import { faultOfPart } from './opening-hours-draft.ts';
import { SoundField } from './sound-field.tsx';

/** Within the form of a screen that has a player. */
export function DisplayFields() {
  const t = useTexts(screenFormTexts);
  const screens = useApi(API.screens).data ?? [];
  const groups = [...new Set(screens.flatMap(({ syncGroup }) => syncGroup ?? []))].sort();
  return (
    <>
      <Form.Item name="rotation" label={t('rotation')} extra={t('rotationHint')}>
        <Segmented options={ROTATIONS.map((value) => ({ value, label: t(`rotation.${value}`) }))} />
      </Form.Item>
      <Form.Item
        name="sound"
        label={t('sound')}
        // Each part says what is wrong with it.
        validateStatus=""
        rules={[
          {
            validator: (_, sound: Sound | null) => {
              const fault = sound?.dayParts.map(faultOfPart).find((one) => one !== null);
              return fault ? Promise.reject(new Error(t(`fault.${fault}`))) : Promise.resolve();
            },
          },
        ]}
      >
        <SoundField />
      </Form.Item>
      <Form.Item name="syncGroup" label={t('syncGroup')} extra={t('syncGroupHint')}>
        <AutoComplete
          allowClear
          maxLength={64}
          options={groups.map((value) => ({ value }))}
          showSearch={{ filterOption: (typed, option) => option?.value.includes(typed) ?? false }}
        />
      </Form.Item>
    </>
  );
}
