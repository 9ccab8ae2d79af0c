/** Adds a unit, or renames or moves one. */
import { App, Button, Drawer, Form, Input } from 'antd';
import { useEffect } from 'react';
import type { Unit } from '../../../../domain/catalogue/organisation.ts';
import { API } from '../../../../protocol/http/api.ts';
import { useApiMutation } from '../../api/use-api.ts';
import { commonTexts } from '../../i18n/common-texts.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { FailureNote } from '../../widgets/failure-note.tsx';
import { newId } from '../../widgets/new-id.ts';
import { UnitSelect } from '../../widgets/unit-select.tsx';
import { ChangeOverrideDialog } from '../campaigns/change-override-dialog.tsx';
import { useChangeOverride } from '../campaigns/use-change-override.ts';
import { systemTexts } from './texts.ts';

type Fields = { name: string; nameEn?: string; parentId?: string };

/** `editing`: the unit to change, `new` to add one, null while closed. */
export function UnitDrawer({ editing, onClose }: { editing: Unit | 'new' | null; onClose: () => void }) {
  const t = useTexts(systemTexts);
  const words = useTexts(commonTexts);
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const isNew = editing === 'new';
  const put = useApiMutation(API.putUnit, {
    onSuccess: () => {
      void message.success(words('saved'));
      onClose();
    },
  });
  const override = useChangeOverride();
  const { reset } = put;
  useEffect(() => {
    if (editing === null) return;
    reset();
    form.resetFields();
    if (editing === 'new') return;
    const { name, nameEn, parentId } = editing;
    form.setFieldsValue({ name, ...(nameEn ? { nameEn } : {}), ...(parentId ? { parentId } : {}) });
  }, [editing, form, reset]);

  const save = ({ name, nameEn, parentId }: Fields): void => {
    const id = isNew || editing === null ? newId('unit') : editing.id;
    const body = { id, name: name.trim(), nameEn: nameEn?.trim() || null, parentId: parentId ?? null };
    void override.save({
      change: { collection: 'units', entity: body },
      async send(overrideReason) {
        await put.mutateAsync({ params: { id }, query: { overrideReason }, body });
      },
    });
  };
  return (
    <Drawer
      open={editing !== null}
      onClose={onClose}
      size={440}
      forceRender
      title={isNew ? t('addUnit') : t('editUnit')}
      footer={
        <div className="x-drawer-foot">
          {!override.asked && <FailureNote failure={put.error} />}
          <div className="x-row x-row-end">
            <Button onClick={onClose}>{words('cancel')}</Button>
            <Button type="primary" loading={put.isPending} onClick={() => form.submit()}>
              {words('save')}
            </Button>
          </div>
        </div>
      }
    >
      <Form<Fields> form={form} layout="vertical" requiredMark={false} onFinish={save}>
        <Form.Item
          name="name"
          label={words('name')}
          rules={[{ required: true, whitespace: true, message: words('required') }]}
        >
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="nameEn" label={words('nameEn')} extra={words('nameEnHint')}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="parentId" label={t('parent')}>
          <UnitSelect allowClear placeholder={t('noParent')} />
        </Form.Item>
      </Form>
      <ChangeOverrideDialog override={override} />
    </Drawer>
  );
}
