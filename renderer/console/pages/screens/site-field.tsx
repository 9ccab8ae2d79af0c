/** Picks the site of a screen, or makes a new one on the spot. */
import { PlusOutlined } from '@ant-design/icons';
import { Button, Divider, Input, Select } from 'antd';
import { useState } from 'react';
import { API } from '../../../../protocol/http/api.ts';
import { useApi, useApiMutation } from '../../api/use-api.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { useNameOf } from '../../widgets/entity-name.ts';
import { FailureNote } from '../../widgets/failure-note.tsx';
import { newId } from '../../widgets/new-id.ts';
import { screenFormTexts } from './form-texts.ts';

/** Works as a form field. `unitId`: whose sites come first, and whose a new one becomes; none can be made without it. */
export function SiteField({
  value,
  onChange,
  unitId,
  id,
}: {
  value?: string;
  onChange?: (siteId: string) => void;
  unitId: string | undefined;
  id?: string;
}) {
  const t = useTexts(screenFormTexts);
  const nameOf = useNameOf();
  const sites = useApi(API.sites);
  const [name, setName] = useState('');
  const create = useApiMutation(API.putSite, {
    onSuccess: async (site) => {
      await sites.refetch();
      setName('');
      onChange?.(site.id);
    },
  });
  const add = (): void => {
    if (!unitId || name.trim() === '') return;
    const siteId = newId('site');
    create.mutate({ params: { id: siteId }, body: { id: siteId, name: name.trim(), nameEn: null, unitId } });
  };
  const mine = [...(sites.data ?? [])].sort((a, b) => Number(b.unitId === unitId) - Number(a.unitId === unitId));
  return (
    <Select<string>
      {...(id ? { id } : {})}
      {...(value ? { value } : {})}
      {...(onChange ? { onChange: (siteId: string) => onChange(siteId) } : {})}
      showSearch={{ optionFilterProp: 'label' }}
      loading={sites.isLoading}
      options={mine.map((site) => ({ value: site.id, label: nameOf(site) }))}
      popupRender={(menu) => (
        <>
          {menu}
          <Divider style={{ margin: '6px 0' }} />
          <div className="x-site-new">
            <Input
              placeholder={t('siteNew')}
              value={name}
              maxLength={200}
              onChange={(event) => setName(event.target.value)}
              onKeyDown={(event) => {
                event.stopPropagation();
                if (event.key === 'Enter') {
                  event.preventDefault();
                  add();
                }
              }}
            />
            <Button
              icon={<PlusOutlined />}
              loading={create.isPending}
              disabled={!unitId || name.trim() === ''}
              onClick={add}
            >
              {t('siteAdd')}
            </Button>
          </div>
          <FailureNote failure={create.error} />
        </>
      )}
    />
  );
}
