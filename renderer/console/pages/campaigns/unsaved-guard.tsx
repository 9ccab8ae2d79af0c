/** Keeps unsaved changes: asks before another page of the console is opened, and lets the browser ask before it closes. */
import { App } from 'antd';
import { useEffect, useRef } from 'react';
import { useBeforeUnload, useBlocker } from 'react-router';
import { useTexts } from '../../i18n/i18n.ts';
import { formTexts } from './form-texts.ts';

/** Guards while `when`. Addresses of the same page, and those that replace it after saving, are let through. */
export function UnsavedGuard({ when }: { when: boolean }) {
  const t = useTexts(formTexts);
  const { modal } = App.useApp();
  const isAsking = useRef(false);
  const blocker = useBlocker(
    ({ currentLocation, nextLocation, historyAction }) =>
      when && historyAction !== 'REPLACE' && currentLocation.pathname !== nextLocation.pathname,
  );
  useBeforeUnload((event) => {
    if (when) event.preventDefault();
  });
  useEffect(() => {
    if (blocker.state !== 'blocked' || isAsking.current) return;
    isAsking.current = true;
    void modal.confirm({
      title: t('leaveTitle'),
      content: t('leaveText'),
      okText: t('leave'),
      cancelText: t('stay'),
      okButtonProps: { danger: true },
      autoFocusButton: 'cancel',
      onOk: () => blocker.proceed(),
      onCancel: () => blocker.reset(),
      afterClose: () => {
        isAsking.current = false;
      },
    });
  }, [blocker, modal, t]);
  return null;
}
