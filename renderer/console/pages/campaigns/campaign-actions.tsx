/** What can be done with a campaign: open, copy, end a live one, delete a draft. */
import { MoreOutlined } from '@ant-design/icons';
import { App, Button, Dropdown, type MenuProps } from 'antd';
import { useNavigate } from 'react-router';
import type { Campaign } from '../../../../domain/catalogue/campaign.ts';
import { API } from '../../../../protocol/http/api.ts';
import { explainFailure } from '../../api/explain-failure.ts';
import { useApiMutation } from '../../api/use-api.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { useNameOf } from '../../widgets/entity-name.ts';
import { texts } from './texts.ts';

/** A menu behind three dots; `isOpen`: the campaign is open already, so that it need not be offered. */
export function CampaignActions({ campaign, isOpen = false }: { campaign: Campaign; isOpen?: boolean }) {
  const t = useTexts(texts);
  const nameOf = useNameOf();
  const navigate = useNavigate();
  const { modal, message } = App.useApp();
  const put = useApiMutation(API.putCampaign);
  const remove = useApiMutation(API.deleteCampaign);
  const name = nameOf(campaign);

  async function attempt(done: string, act: () => Promise<unknown>): Promise<void> {
    try {
      await act();
      void message.success(done);
    } catch (thrown) {
      void message.error(explainFailure(thrown).sentence, 6);
    }
  }

  function end(): void {
    const body: Campaign = { ...campaign, state: 'ended' };
    void modal.confirm({
      title: t('endAsk', { name }),
      content: t('endText'),
      okText: t('end'),
      okButtonProps: { danger: true },
      autoFocusButton: 'cancel',
      onOk: () => attempt(t('endDone', { name }), () => put.mutateAsync({ params: { id: campaign.id }, body })),
    });
  }

  function removeDraft(): void {
    void modal.confirm({
      title: t('removeAsk', { name }),
      okText: t('remove'),
      okButtonProps: { danger: true },
      autoFocusButton: 'cancel',
      async onOk() {
        await attempt(t('removeDone'), () => remove.mutateAsync({ params: { id: campaign.id } }));
        if (isOpen) void navigate('/campaigns', { replace: true });
      },
    });
  }

  const items: MenuProps['items'] = [
    ...(isOpen ? [] : [{ key: 'open', label: t('open'), onClick: () => void navigate(`/campaigns/${campaign.id}`) }]),
    { key: 'copy', label: t('copy'), onClick: () => void navigate(`/campaigns/new?copy=${campaign.id}`) },
    ...(campaign.state === 'live' ? [{ key: 'end', label: t('end'), danger: true, onClick: end }] : []),
    ...(campaign.state === 'draft' ? [{ key: 'remove', label: t('remove'), danger: true, onClick: removeDraft }] : []),
  ];
  return (
    <Dropdown trigger={['click']} placement="bottomRight" menu={{ items }}>
      <Button type="text" icon={<MoreOutlined />} aria-label={`${t('actions')}: ${name}`} />
    </Dropdown>
  );
}
