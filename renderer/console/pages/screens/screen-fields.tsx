/** The fields of a screen's form. */
import { Form, type FormInstance, Input, Segmented, Select } from 'antd';
import { VENUES } from '../../../../domain/catalogue/organisation.ts';
import { API } from '../../../../protocol/http/api.ts';
import { useApi } from '../../api/use-api.ts';
import { commonTexts } from '../../i18n/common-texts.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { useNameOf } from '../../widgets/entity-name.ts';
import { UnitSelect } from '../../widgets/unit-select.tsx';
import { DisplayFields } from './display-fields.tsx';
import { screenFormTexts } from './form-texts.ts';
import { faultOfAll } from './opening-hours-draft.ts';
import { OpeningHoursEditor } from './opening-hours-editor.tsx';
import type { ScreenDraft } from './screen-draft.ts';
import { SiteField } from './site-field.tsx';

const ZONES = Intl.supportedValuesOf('timeZone').map((value) => ({ value, label: value }));

/** The fields of a screen's form, within the form `form`. */
export function ScreenFields({ form }: { form: FormInstance<ScreenDraft> }) {
  const t = useTexts(screenFormTexts);
  const words = useTexts(commonTexts);
  const nameOf = useNameOf();
  const loops = useApi(API.playlists).data ?? [];
  const unitId = Form.useWatch('unitId', form);
  const kind = Form.useWatch('kind', form);
  const needed = [{ required: true, whitespace: true, message: words('required') }];
  return (
    <>
      <Form.Item name="name" label={words('name')} rules={needed}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="nameEn" label={words('nameEn')} extra={words('nameEnHint')}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="kind" label={t('kind')} extra={kind === 'external' && t('kindExternalNote')}>
        <Segmented
          options={[
            { value: 'player', label: t('kind.player') },
            { value: 'external', label: t('kind.external') },
          ]}
        />
      </Form.Item>
      <div className="x-two-fields">
        <Form.Item name="unitId" label={words('unit')} rules={needed}>
          <UnitSelect />
        </Form.Item>
        <Form.Item name="siteId" label={t('site')} rules={needed}>
          <SiteField unitId={unitId} />
        </Form.Item>
      </div>
      <div className="x-two-fields">
        <Form.Item name="venue" label={words('venue')}>
          <Select options={VENUES.map((value) => ({ value, label: words(`venue.${value}`) }))} />
        </Form.Item>
        <Form.Item name="orientation" label={t('orientation')}>
          <Segmented
            options={[
              { value: 'landscape', label: t('orientation.landscape') },
              { value: 'portrait', label: t('orientation.portrait') },
            ]}
          />
        </Form.Item>
      </div>
      <Form.Item
        name="openingHours"
        label={t('hours')}
        // Each span shows its own state; the red of the list would colour the good ones too.
        validateStatus=""
        extra={t('hoursNote')}
        rules={[
          {
            validator: (_, hours: ScreenDraft['openingHours']) => {
              const fault = faultOfAll(hours);
              return fault === null ? Promise.resolve() : Promise.reject(new Error(t(`fault.${fault}`)));
            },
          },
        ]}
      >
        <OpeningHoursEditor />
      </Form.Item>
      <Form.Item name="timeZone" label={t('zone')} rules={needed}>
        <Select showSearch options={ZONES} />
      </Form.Item>
      {kind !== 'external' && (
        <Form.Item name="loopId" label={t('loop')} extra={t('loopHint')}>
          <Select
            options={[
              { value: '', label: t('loopNone') },
              ...loops.map((loop) => ({ value: loop.id, label: nameOf(loop) })),
            ]}
          />
        </Form.Item>
      )}
      {kind !== 'external' && <DisplayFields />}
      <Form.Item name="tags" label={t('tags')} extra={t('tagsHint')}>
        <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[',', '，', ' ']} />
      </Form.Item>
    </>
  );
}
