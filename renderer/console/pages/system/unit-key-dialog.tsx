/** Registers the public half of the key that a unit signs enrolments with, or takes it away. */
import { App, Form, Input, Modal } from 'antd';
import { useEffect } from 'react';
import type { Unit } from '../../../../domain/catalogue/organisation.ts';
import { vkeySchema } from '../../../../protocol/catalogue.ts';
import { API } from '../../../../protocol/http/api.ts';
import { useApiMutation } from '../../api/use-api.ts';
import { commonTexts } from '../../i18n/common-texts.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { useNameOf } from '../../widgets/entity-name.ts';
import { FailureNote } from '../../widgets/failure-note.tsx';
import { systemTexts } from './texts.ts';

type Fields = { vkey?: string };

/** Open while `unit` is given. */
export function UnitKeyDialog({ unit, onClose }: { unit: Unit | null; onClose: () => void }) {
  const t = useTexts(systemTexts);
  const words = useTexts(commonTexts);
  const nameOf = useNameOf();
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const put = useApiMutation(API.putUnitKey, {
    onSuccess: () => {
      void message.success(words('saved'));
      onClose();
    },
  });
  const { reset } = put;
  useEffect(() => {
    if (unit === null) return;
    reset();
    form.setFieldsValue({ vkey: unit.vkey ?? '' });
  }, [unit, form, reset]);

  const save = ({ vkey }: Fields): void => {
    if (unit) put.mutate({ params: { id: unit.id }, body: { vkey: vkey?.trim() || null } });
  };
  return (
    <Modal
      open={unit !== null}
      title={unit && t('unitKeyTitle', { name: nameOf(unit) })}
      okText={words('save')}
      cancelText={words('cancel')}
      okButtonProps={{ loading: put.isPending }}
      onOk={() => form.submit()}
      onCancel={onClose}
      forceRender
      width={520}
    >
      <p className="x-soft">{t('unitKeyNote')}</p>
      <Form<Fields> form={form} layout="vertical" requiredMark={false} onFinish={save}>
        <Form.Item
          name="vkey"
          label={t('unitKeyLabel')}
          extra={t('unitKeyHint')}
          rules={[
            {
              validator: (_, given: string | undefined) =>
                !given?.trim() || vkeySchema.safeParse(given).success ? Promise.resolve() : Promise.reject(),
              message: t('unitKeyWrong'),
            },
          ]}
        >
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 4 }} spellCheck={false} maxLength={300} />
        </Form.Item>
        <FailureNote failure={put.error} />
      </Form>
    </Modal>
  );
}
