/** The tree of units, and adding to it. */
import { PlusOutlined } from '@ant-design/icons';
import { Button, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import type { Unit } from '../../../../domain/catalogue/organisation.ts';
import { API } from '../../../../protocol/http/api.ts';
import { useApi, useApiMutation } from '../../api/use-api.ts';
import { useMay } from '../../app/session.ts';
import { commonTexts } from '../../i18n/common-texts.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { ConfirmDeleteButton } from '../../widgets/confirm-delete-button.tsx';
import { useNameOf } from '../../widgets/entity-name.ts';
import { FailureNote } from '../../widgets/failure-note.tsx';
import { type UnitNode, unitTree } from '../../widgets/unit-tree.ts';
import { systemTexts } from './texts.ts';
import { UnitDrawer } from './unit-drawer.tsx';
import { UnitKeyDialog } from './unit-key-dialog.tsx';

type Row = { key: string; name: string; children?: Row[] };

const rowOf = ({ value, title, children }: UnitNode): Row => ({
  key: value,
  name: title,
  ...(children.length > 0 ? { children: children.map(rowOf) } : {}),
});

/** The tree of units. */
export function UnitsPanel() {
  const t = useTexts(systemTexts);
  const words = useTexts(commonTexts);
  const nameOf = useNameOf();
  const mayManage = useMay('admin');
  const units = useApi(API.units);
  const screens = useApi(API.screens).data ?? [];
  const remove = useApiMutation(API.deleteUnit);
  const [editing, setEditing] = useState<Unit | 'new' | null>(null);
  const [keyed, setKeyed] = useState<Unit | null>(null);
  const unitOf = (id: string): Unit | null => units.data?.find((unit) => unit.id === id) ?? null;
  const columns: TableColumnsType<Row> = [
    { key: 'name', title: words('unit'), dataIndex: 'name' },
    {
      key: 'screens',
      width: 140,
      render: (_, { key }) => {
        const n = screens.filter(({ unitId }) => unitId === key).length;
        return n > 0 && <span className="x-soft x-num">{t('screensCount', { n })}</span>;
      },
    },
    ...(units.data?.some(({ vkey }) => vkey !== undefined)
      ? [
          {
            key: 'signs',
            width: 220,
            ellipsis: true,
            title: t('unitKey'),
            render: (_: unknown, { key }: Row) => <span className="x-soft">{unitOf(key)?.vkey?.split('+')[0]}</span>,
          },
        ]
      : []),
    ...(mayManage
      ? [
          {
            key: 'actions',
            width: 260,
            align: 'right' as const,
            render: (_: unknown, { key, name }: Row) => (
              <span className="x-row x-row-end">
                <Button size="small" onClick={() => setEditing(unitOf(key))}>
                  {words('edit')}
                </Button>
                <Button size="small" onClick={() => setKeyed(unitOf(key))}>
                  {t('unitKey')}
                </Button>
                <ConfirmDeleteButton
                  size="small"
                  type="text"
                  icon={null}
                  name={name}
                  note={t('unitDeleteNote')}
                  onConfirm={() => remove.mutateAsync({ params: { id: key } })}
                />
              </span>
            ),
          },
        ]
      : []),
  ];
  return (
    <div className="x-stack">
      {mayManage && (
        <div className="x-row x-row-end">
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setEditing('new')}>
            {t('addUnit')}
          </Button>
        </div>
      )}
      <FailureNote failure={units.error} />
      {units.data && (
        <div className="x-panel x-table-panel">
          <Table<Row>
            size="middle"
            dataSource={unitTree(units.data, nameOf).map(rowOf)}
            columns={columns}
            pagination={false}
            expandable={{ defaultExpandAllRows: true }}
            scroll={{ x: 640 }}
          />
        </div>
      )}
      <UnitDrawer editing={editing} onClose={() => setEditing(null)} />
      <UnitKeyDialog unit={keyed} onClose={() => setKeyed(null)} />
    </div>
  );
}
