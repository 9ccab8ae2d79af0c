/** The slogans that run along the bottom over everything, in order. */
import { ArrowDownOutlined, ArrowUpOutlined, CloseOutlined } from '@ant-design/icons';
import { Button, Select } from 'antd';
import { useTexts } from '../../i18n/i18n.ts';
import { THEME_COLOURS } from '../../theme/slogan-colours.ts';
import { useNameOf } from '../../widgets/entity-name.ts';
import type { Library } from '../library/use-library.ts';
import { texts } from './texts.ts';

type Props = {
  lines: readonly string[];
  library: Library;
  isReadOnly: boolean;
  onChange: (lines: string[]) => void;
};

/** `lines` are ids of slogans. */
export function TickerLines({ lines, library, isReadOnly, onChange }: Props) {
  const t = useTexts(texts);
  const nameOf = useNameOf();
  const left = library.items.filter((item) => item.kind === 'ticker' && !lines.includes(item.id));
  const swap = (at: number, to: number): void => {
    const next = [...lines];
    const [moved] = next.splice(at, 1);
    if (moved !== undefined) next.splice(to, 0, moved);
    onChange(next);
  };
  if (isReadOnly && lines.length === 0) return null;
  return (
    <section className="x-panel p-tickers">
      <header>
        <h2>{t('tickers')}</h2>
        <p className="x-faint">{t('tickerLead')}</p>
      </header>
      <ol>
        {lines.map((id, at) => {
          const item = library.byId.get(id);
          const slogan = item && 'slogan' in item ? item.slogan : null;
          const colours = THEME_COLOURS[slogan?.theme ?? 'ink'];
          const name = item ? nameOf(item) : t('itemGone');
          return (
            <li key={id} className="p-ticker">
              <span
                className="p-ticker-text x-ellipsis"
                lang="zh-CN"
                style={{ background: colours.ground, color: colours.text }}
              >
                {slogan?.text ?? (library.isLoaded ? t('itemGone') : '')}
              </span>
              {!isReadOnly && (
                <span className="p-ticker-buttons">
                  <Button
                    type="text"
                    size="small"
                    disabled={at === 0}
                    icon={<ArrowUpOutlined />}
                    aria-label={`↑ ${name}`}
                    onClick={() => swap(at, at - 1)}
                  />
                  <Button
                    type="text"
                    size="small"
                    disabled={at === lines.length - 1}
                    icon={<ArrowDownOutlined />}
                    aria-label={`↓ ${name}`}
                    onClick={() => swap(at, at + 1)}
                  />
                  <Button
                    type="text"
                    size="small"
                    icon={<CloseOutlined />}
                    aria-label={t('remove', { name })}
                    onClick={() => onChange(lines.filter((line) => line !== id))}
                  />
                </span>
              )}
            </li>
          );
        })}
      </ol>
      {!isReadOnly && (
        <Select
          className="p-ticker-add"
          value={null}
          placeholder={left.length > 0 || lines.length === 0 ? t('tickerAdd') : t('tickerNoneLeft')}
          disabled={left.length === 0}
          aria-label={t('tickerAdd')}
          onChange={(id) => id && onChange([...lines, id])}
          options={left.map((item) => ({ value: item.id, label: nameOf(item) }))}
          showSearch={{ optionFilterProp: 'label' }}
        />
      )}
    </section>
  );
}
