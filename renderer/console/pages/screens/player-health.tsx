/** How the machine of a screen's player is, by its own last word. */
import type { ReactNode } from 'react';
import type { ScreenView } from '../../../../protocol/http/views.ts';
import type { Health } from '../../../../protocol/player-link.ts';
import { type Say, useTexts } from '../../i18n/i18n.ts';
import { RelativeTime } from '../../widgets/relative-time.tsx';
import { StatusDot } from '../../widgets/status-dot.tsx';
import { bytesText } from '../library/measures.ts';
import { playerTexts } from './player-texts.ts';

/** A machine hotter than this is about to slow down, °C. */
const HOT_C = 80;
/** With less than this a film may not fit any more, bytes. */
const SCARCE_BYTES = 1_000_000_000;

/** How long an agent has run. */
export function uptimeText(t: Say<'days' | 'hours' | 'minutes'>, uptimeS: number): string {
  const minutes = Math.floor(uptimeS / 60);
  const hours = Math.floor(minutes / 60);
  if (hours >= 24) return t('days', { n: Math.floor(hours / 24), hours: hours % 24 });
  return hours > 0 ? t('hours', { n: hours, minutes: minutes % 60 }) : t('minutes', { n: minutes });
}

/** The health of the player of `screen`. */
export function PlayerHealth({ screen }: { screen: ScreenView }) {
  const t = useTexts(playerTexts);
  const health = screen.status?.health;
  return (
    <section>
      <div className="x-player-head">
        <h3>{t('health')}</h3>
        {health && screen.status && (
          <span className="x-faint">
            <RelativeTime ms={screen.status.atMs} zone={screen.timeZone} />
          </span>
        )}
      </div>
      {health ? <Facts health={health} zone={screen.timeZone} /> : <p className="x-soft">{t('healthNone')}</p>}
    </section>
  );
}

function Facts({ health, zone }: { health: Health; zone: string }) {
  const t = useTexts(playerTexts);
  const { temperatureC, diskFreeBytes, memoryBytes, lastSyncMs, display } = health;
  const unknown = <span className="x-faint">{t('unknown')}</span>;
  const measured = (text: string, warning: string | null): ReactNode =>
    warning === null ? text : <StatusDot tone="warn" label={`${text} · ${warning}`} />;
  return (
    <dl className="x-player-facts x-num">
      <Fact name={t('temperature')}>
        {temperatureC === null ? unknown : measured(`${temperatureC} °C`, temperatureC >= HOT_C ? t('hot') : null)}
      </Fact>
      <Fact name={t('disk')}>
        {diskFreeBytes === null
          ? unknown
          : measured(bytesText(diskFreeBytes), diskFreeBytes < SCARCE_BYTES ? t('scarce') : null)}
      </Fact>
      <Fact name={t('memory')}>{memoryBytes === null ? unknown : bytesText(memoryBytes)}</Fact>
      <Fact name={t('dropped')}>{t('droppedFrames', { n: health.droppedFrames.toLocaleString('en') })}</Fact>
      <Fact name={t('clock')}>
        {lastSyncMs === null ? (
          <StatusDot tone="warn" label={t('clockNever')} />
        ) : (
          <RelativeTime ms={lastSyncMs} zone={zone} />
        )}
      </Fact>
      <Fact name={t('display')}>
        {display === null ? <span className="x-faint">{t('displayNone')}</span> : t(`display.${display}`)}
      </Fact>
      <Fact name={t('uptime')}>{uptimeText(t, health.uptimeS)}</Fact>
      <Fact name={t('build')}>{health.build}</Fact>
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
