/** The people who may sign in, with their roles and units. */
import { PlusOutlined } from '@ant-design/icons';
import { Button, Table, type TableColumnsType, Tag } from 'antd';
import { useState } from 'react';
import { API } from '../../../../protocol/http/api.ts';
import { useApi, useApiMutation } from '../../api/use-api.ts';
import { type SessionUser, useSession } from '../../app/session.ts';
import { commonTexts } from '../../i18n/common-texts.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { ConfirmDeleteButton } from '../../widgets/confirm-delete-button.tsx';
import { useNameOf } from '../../widgets/entity-name.ts';
import { FailureNote } from '../../widgets/failure-note.tsx';
import { PersonDrawer } from './person-drawer.tsx';
import { systemTexts } from './texts.ts';

/** The people who may sign in. */
export function PeoplePanel() {
  const t = useTexts(systemTexts);
  const words = useTexts(commonTexts);
  const nameOf = useNameOf();
  const me = useSession();
  const people = useApi(API.users);
  const units = useApi(API.units).data ?? [];
  const remove = useApiMutation(API.deleteUser);
  const [editing, setEditing] = useState<SessionUser | 'new' | null>(null);
  const unitName = (id: string): string => {
    const unit = units.find((one) => one.id === id);
    return unit ? nameOf(unit) : id;
  };
  const columns: TableColumnsType<SessionUser> = [
    {
      key: 'name',
      title: t('personName'),
      render: (_, person) => (
        <span className="x-two-lines">
          <span>
            {person.name} {person.id === me.id && <Tag variant="filled">{t('you')}</Tag>}
          </span>
          <small>{person.login}</small>
        </span>
      ),
    },
    {
      key: 'role',
      title: t('role'),
      width: 280,
      render: (_, { role }) => (
        <span className="x-two-lines">
          <span>{words(`role.${role}`)}</span>
          <small>{t(`roleNote.${role}`)}</small>
        </span>
      ),
    },
    { key: 'unit', title: words('unit'), width: 240, render: (_, { unitId }) => unitName(unitId) },
    {
      key: 'actions',
      width: 170,
      align: 'right',
      render: (_, person) => (
        <span className="x-row x-row-end">
          <Button size="small" onClick={() => setEditing(person)}>
            {words('edit')}
          </Button>
          {person.id !== me.id && (
            <ConfirmDeleteButton
              size="small"
              type="text"
              icon={null}
              name={person.name}
              note={t('personDeleteNote')}
              onConfirm={() => remove.mutateAsync({ params: { id: person.id } })}
            />
          )}
        </span>
      ),
    },
  ];
  return (
    <div className="x-stack">
      <div className="x-row x-row-end">
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setEditing('new')}>
          {t('addPerson')}
        </Button>
      </div>
      <FailureNote failure={people.error} />
      <div className="x-panel x-table-panel">
        <Table<SessionUser>
          rowKey="id"
          loading={people.isLoading}
          dataSource={people.data ?? []}
          columns={columns}
          pagination={false}
          scroll={{ x: 760 }}
        />
      </div>
      <PersonDrawer editing={editing} onClose={() => setEditing(null)} />
    </div>
  );
}
