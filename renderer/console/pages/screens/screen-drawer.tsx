/** Creates or edits a screen in a drawer. */
import { App, Button, Drawer, Form } from 'antd';
import { useEffect } from 'react';
import { API } from '../../../../protocol/http/api.ts';
import type { ScreenView } from '../../../../protocol/http/views.ts';
import { useApi, useApiMutation } from '../../api/use-api.ts';
import { useSession } from '../../app/session.ts';
import { commonTexts } from '../../i18n/common-texts.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { FailureNote } from '../../widgets/failure-note.tsx';
import { newId } from '../../widgets/new-id.ts';
import { ChangeOverrideDialog } from '../campaigns/change-override-dialog.tsx';
import { useChangeOverride } from '../campaigns/use-change-override.ts';
import { screenFormTexts } from './form-texts.ts';
import { draftOf, newDraft, type ScreenDraft, screenOf } from './screen-draft.ts';
import { ScreenFields } from './screen-fields.tsx';

/** `editing`: the screen to edit, `new` to create one, null while closed. */
export function ScreenDrawer({
  editing,
  onClose,
  onCreated,
}: {
  editing: ScreenView | 'new' | null;
  onClose: () => void;
  onCreated?: (screen: ScreenView) => void;
}) {
  const t = useTexts(screenFormTexts);
  const words = useTexts(commonTexts);
  const { message } = App.useApp();
  const [form] = Form.useForm<ScreenDraft>();
  const { unitId } = useSession();
  const units = useApi(API.units).data;
  const isNew = editing === 'new';
  const put = useApiMutation(API.putScreen, {
    onSuccess: (screen) => {
      void message.success(words('saved'));
      onClose();
      if (isNew) onCreated?.(screen);
    },
  });
  const override = useChangeOverride();
  const { reset } = put;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the form is filled when it opens, never while one writes
  useEffect(() => {
    if (editing === null) return;
    reset();
    override.forget();
    form.resetFields();
    form.setFieldsValue(editing === 'new' ? newDraft(units ?? [], unitId) : draftOf(editing));
  }, [editing, form, reset]);

  const save = (draft: ScreenDraft): void => {
    const id = isNew || editing === null ? newId('screen') : editing.id;
    const body = screenOf(id, draft);
    void override.save({
      change: { collection: 'screens', entity: body },
      async send(overrideReason) {
        await put.mutateAsync({ params: { id }, query: { overrideReason }, body });
      },
    });
  };
  return (
    <Drawer
      open={editing !== null}
      onClose={onClose}
      size={560}
      title={isNew ? t('createTitle') : t('editTitle')}
      forceRender
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
      <Form<ScreenDraft> form={form} layout="vertical" requiredMark={false} onFinish={save} scrollToFirstError>
        <ScreenFields form={form} />
      </Form>
      <ChangeOverrideDialog override={override} />
    </Drawer>
  );
}
