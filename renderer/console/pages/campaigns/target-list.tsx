/** The screens a campaign means, by name, to be looked through. */
import { SearchOutlined } from '@ant-design/icons';
import { Drawer, Input, Tag } from 'antd';
import { useState } from 'react';
import type { Screen, Unit } from '../../../../domain/catalogue/organisation.ts';
import { commonTexts } from '../../i18n/common-texts.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { useNameOf } from '../../widgets/entity-name.ts';
import { formTexts } from './form-texts.ts';

type Props = { screens: readonly Screen[]; units: readonly Unit[]; onClose: () => void };

/** So many are drawn; a search narrows the rest down. */
const MOST_SHOWN = 300;

/** A drawer at the right. */
export function TargetList({ screens, units, onClose }: Props) {
  const t = useTexts(formTexts);
  const words = useTexts(commonTexts);
  const nameOf = useNameOf();
  const [search, setSearch] = useState('');
  const unitNames = new Map(units.map((unit) => [unit.id, nameOf(unit)]));
  const wanted = search.trim().toLowerCase();
  const found = screens.filter((screen) =>
    `${screen.name} ${screen.nameEn ?? ''} ${unitNames.get(screen.unitId) ?? ''}`.toLowerCase().includes(wanted),
  );
  return (
    <Drawer open size={460} title={t('meantTitle')} onClose={onClose}>
      <Input
        disabled={false}
        allowClear
        variant="filled"
        prefix={<SearchOutlined className="x-faint" />}
        placeholder={words('search')}
        aria-label={words('search')}
        value={search}
        onChange={(event) => setSearch(event.target.value)}
      />
      <p className="x-soft x-num">{t('meant', { count: found.length })}</p>
      <ul className="c-meant-list">
        {found.slice(0, MOST_SHOWN).map((screen) => (
          <li key={screen.id}>
            <span>
              {nameOf(screen)} {screen.kind === 'external' && <Tag>{t('external')}</Tag>}
            </span>
            <small className="x-faint">
              {words(`venue.${screen.venue}`)} · {unitNames.get(screen.unitId) ?? screen.unitId}
            </small>
          </li>
        ))}
      </ul>
      {found.length > MOST_SHOWN && <p className="x-faint x-num">+{found.length - MOST_SHOWN}</p>}
    </Drawer>
  );
}
