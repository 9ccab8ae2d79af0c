/** A button that removes something after asking, and says so when it cannot. */
import { DeleteOutlined } from '@ant-design/icons';
import { App, Button, type ButtonProps } from 'antd';
import type { ReactNode } from 'react';
import { explainFailure } from '../api/explain-failure.ts';
import { commonTexts } from '../i18n/common-texts.ts';
import { useTexts } from '../i18n/i18n.ts';

/** `onConfirm` removes and may reject; `note` says what follows; `label` replaces 'Delete' and `ask` its question. */
export function ConfirmDeleteButton({
  name,
  onConfirm,
  note,
  label,
  ask,
  icon = <DeleteOutlined />,
  ...button
}: Omit<ButtonProps, 'onClick'> & {
  name: string;
  onConfirm: () => Promise<unknown>;
  note?: ReactNode;
  label?: string;
  ask?: string;
}) {
  const words = useTexts(commonTexts);
  const { modal, message } = App.useApp();
  const confirm = (): void => {
    void modal.confirm({
      title: ask ?? words('deleteAsk', { name }),
      content: note,
      okText: label ?? words('delete'),
      okButtonProps: { danger: true },
      autoFocusButton: 'cancel',
      onOk: async () => {
        try {
          await onConfirm();
        } catch (thrown) {
          const { sentence, faults } = explainFailure(thrown);
          void message.error([sentence, ...faults].join(' '), 6);
        }
      },
    });
  };
  return (
    <Button danger icon={icon} {...button} onClick={confirm}>
      {label ?? words('delete')}
    </Button>
  );
}
