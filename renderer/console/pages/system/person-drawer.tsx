/** Adds a person, or changes one: name, role, unit, password. */
import { App, Button, Drawer, Form, Input, Select } from 'antd';
import { useEffect } from 'react';
import { ROLES } from '../../../../domain/catalogue/organisation.ts';
import { API } from '../../../../protocol/http/api.ts';
import { useApiMutation } from '../../api/use-api.ts';
import { type SessionUser, useSession } from '../../app/session.ts';
import { commonTexts } from '../../i18n/common-texts.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { FailureNote } from '../../widgets/failure-note.tsx';
import { newId } from '../../widgets/new-id.ts';
import { LOGIN_PATTERN, PASSWORD_MIN } from '../../widgets/person-rules.ts';
import { UnitSelect } from '../../widgets/unit-select.tsx';
import { systemTexts } from './texts.ts';

type Fields = Omit<SessionUser, 'id'> & { password?: string };

/** `editing`: the person to change, `new` to add one, null while closed. */
export function PersonDrawer({ editing, onClose }: { editing: SessionUser | 'new' | null; onClose: () => void }) {
  const t = useTexts(systemTexts);
  const words = useTexts(commonTexts);
  const { message } = App.useApp();
  const me = useSession();
  const [form] = Form.useForm<Fields>();
  const isNew = editing === 'new';
  const put = useApiMutation(API.putUser, {
    onSuccess: () => {
      void message.success(words('saved'));
      onClose();
    },
  });
  const { reset } = put;
  useEffect(() => {
    if (editing === null) return;
    reset();
    form.resetFields();
    form.setFieldsValue(editing === 'new' ? { role: 'viewer', unitId: me.unitId } : editing);
  }, [editing, form, reset, me.unitId]);

  const save = ({ password, login, name, role, unitId }: Fields): void => {
    const id = isNew || editing === null ? newId('user') : editing.id;
    put.mutate({ params: { id }, body: { id, login, name: name.trim(), role, unitId, password: password || null } });
  };
  const needed = [{ required: true, whitespace: true, message: words('required') }];
  return (
    <Drawer
      open={editing !== null}
      onClose={onClose}
      size={440}
      forceRender
      title={isNew ? t('addPerson') : t('editPerson')}
      footer={
        <div className="x-drawer-foot">
          <FailureNote failure={put.error} />
          <div className="x-row x-row-end">
            <Button onClick={onClose}>{words('cancel')}</Button>
            <Button type="primary" loading={put.isPending} onClick={() => form.submit()}>
              {words('save')}
            </Button>
          </div>
        </div>
      }
    >
      <Form<Fields> form={form} layout="vertical" requiredMark={false} onFinish={save} autoComplete="off">
        <Form.Item name="name" label={t('personName')} rules={needed}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item
          name="login"
          label={t('login')}
          extra={t('loginRule')}
          rules={[{ required: true, pattern: LOGIN_PATTERN, message: t('loginRule') }]}
        >
          <Input autoCapitalize="none" spellCheck={false} maxLength={32} autoComplete="off" />
        </Form.Item>
        <Form.Item name="role" label={t('role')} rules={needed}>
          <Select
            options={ROLES.map((value) => ({ value, label: words(`role.${value}`) }))}
            optionRender={({ value }) => {
              const role = ROLES.find((one) => one === value);
              return role ? (
                <span className="x-two-lines">
                  <span>{words(`role.${role}`)}</span>
                  <small>{t(`roleNote.${role}`)}</small>
                </span>
              ) : null;
            }}
          />
        </Form.Item>
        <Form.Item name="unitId" label={words('unit')} rules={needed}>
          <UnitSelect />
        </Form.Item>
        <Form.Item
          name="password"
          label={isNew ? t('password') : t('newPassword')}
          extra={isNew ? t('passwordRule') : `${t('passwordKeep')}. ${t('passwordRule')}`}
          rules={[{ required: isNew, min: PASSWORD_MIN, message: t('passwordRule') }]}
        >
          <Input.Password autoComplete="new-password" maxLength={200} />
        </Form.Item>
      </Form>
    </Drawer>
  );
}
