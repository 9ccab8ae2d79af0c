/** Removing an item: asks first, and where something uses it says what instead. */
import { App } from 'antd';
import { API } from '../../../../protocol/http/api.ts';
import { ApiFailure } from '../../api/api-failure.ts';
import { explainFailure } from '../../api/explain-failure.ts';
import { useApiMutation } from '../../api/use-api.ts';
import { commonTexts } from '../../i18n/common-texts.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { useNameOf } from '../../widgets/entity-name.ts';
import { type ItemUses, isUnused } from './item-uses.ts';
import type { LibraryItem } from './library-items.ts';
import { texts } from './texts.ts';
import { UsesList } from './uses-list.tsx';

/** Gives the function that asks and removes. */
export function useRemoveItem(): (item: LibraryItem, uses: ItemUses) => void {
  const t = useTexts(texts);
  const words = useTexts(commonTexts);
  const nameOf = useNameOf();
  const { modal, message } = App.useApp();
  const media = useApiMutation(API.deleteMedia);
  const slogan = useApiMutation(API.deleteSlogan);
  const stream = useApiMutation(API.deleteStream);

  function explainUse(name: string, uses: ItemUses): void {
    void modal.info({
      title: t('inUseTitle', { name }),
      content: isUnused(uses) ? t('inUseElsewhere') : <UsesList uses={uses} lead={t('inUseText')} />,
      okText: words('close'),
    });
  }

  async function remove(item: LibraryItem, name: string, uses: ItemUses): Promise<void> {
    try {
      const input = { params: { id: item.id } };
      if ('media' in item) await media.mutateAsync(input);
      else if ('slogan' in item) await slogan.mutateAsync(input);
      else await stream.mutateAsync(input);
      void message.success(t('removed', { name }));
    } catch (thrown) {
      if (thrown instanceof ApiFailure && thrown.code === 'in-use') explainUse(name, uses);
      else void message.error(explainFailure(thrown).sentence, 6);
    }
  }

  return (item, uses) => {
    const name = nameOf(item);
    if (!isUnused(uses)) {
      explainUse(name, uses);
      return;
    }
    void modal.confirm({
      title: t('removeAsk', { name }),
      content: t('removeText'),
      okText: t('remove'),
      okButtonProps: { danger: true },
      autoFocusButton: 'cancel',
      onOk: () => remove(item, name, uses),
    });
  };
}
