/** Binds the player that shows a code to a screen. */
import { App, Form, Input, Modal } from 'antd';
import { useEffect, useState } from 'react';
import { API } from '../../../../protocol/http/api.ts';
import type { ScreenView } from '../../../../protocol/http/views.ts';
import { useApiMutation } from '../../api/use-api.ts';
import { commonTexts } from '../../i18n/common-texts.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { useNameOf } from '../../widgets/entity-name.ts';
import { FailureNote } from '../../widgets/failure-note.tsx';
import { CODE_LENGTH, codeFrom, grouped, isCode } from './pairing-code.ts';
import { screenTexts } from './texts.ts';

/** Open while `screen` is given. */
export function PairingDialog({ screen, onClose }: { screen: ScreenView | null; onClose: () => void }) {
  const t = useTexts(screenTexts);
  const words = useTexts(commonTexts);
  const nameOf = useNameOf();
  const { message } = App.useApp();
  const [code, setCode] = useState('');
  const pair = useApiMutation(API.pairScreen, {
    onSuccess: () => {
      void message.success(t('paired'));
      onClose();
    },
  });
  const { reset } = pair;
  const screenId = screen?.id;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new screen starts with an empty field
  useEffect(() => {
    setCode('');
    reset();
  }, [screenId, reset]);

  const wrong = code.length === CODE_LENGTH && !isCode(code);
  const submit = (): void => {
    if (screen && isCode(code)) pair.mutate({ params: { id: screen.id }, body: { code } });
  };
  return (
    <Modal
      open={screen !== null}
      title={screen && t('pairTitle', { name: nameOf(screen) })}
      okText={t('pairDo')}
      cancelText={words('cancel')}
      okButtonProps={{ disabled: !isCode(code), loading: pair.isPending }}
      onOk={submit}
      onCancel={onClose}
      destroyOnHidden
      width={460}
    >
      <p className="x-soft">{t('pairNote')}</p>
      <Form layout="vertical" onFinish={submit}>
        <Form.Item
          label={t('pairCode')}
          extra={wrong ? undefined : t('pairHint')}
          {...(wrong ? { validateStatus: 'error' as const, help: t('pairBad') } : {})}
        >
          <Input
            className="x-code-field"
            size="large"
            autoFocus
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            placeholder="ABCD 2345"
            value={grouped(code)}
            onChange={(event) => {
              setCode(codeFrom(event.target.value));
              if (pair.error) reset();
            }}
          />
        </Form.Item>
        <FailureNote failure={pair.error} />
        <button type="submit" hidden />
      </Form>
    </Modal>
  );
}
