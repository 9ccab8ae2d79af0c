/** A poster as it stands on a screen, and the choice of how: whole or filling it, still or slowly panned. */
import { Button, Segmented, Switch } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { FITS, type Media } from '../../../../domain/catalogue/content.ts';
import { type PosterPath, posterPath } from '../../../../domain/playback/poster-path.ts';
import { API, MEDIA_PATHS } from '../../../../protocol/http/api.ts';
import { useApiMutation } from '../../api/use-api.ts';
import { useMay } from '../../app/session.ts';
import { commonTexts } from '../../i18n/common-texts.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { FailureNote } from '../../widgets/failure-note.tsx';
import { FormField } from './form-field.tsx';
import { POSTER_DURATION_MS } from './library-items.ts';
import { posterTexts } from './poster-texts.ts';
import './poster-viewer.css';

const SCREENS = {
  landscape: { width: 1920, height: 1080 },
  portrait: { width: 1080, height: 1920 },
} as const;

/** Who may edit changes it here; it takes effect on the screens when it is saved. */
export function PosterViewer({ media }: { media: Media }) {
  const t = useTexts(posterTexts);
  const words = useTexts(commonTexts);
  const mayEdit = useMay('editor');
  const [look, setLook] = useState({ fit: media.fit, pan: media.pan });
  const [screen, setScreen] = useState<keyof typeof SCREENS>('landscape');
  const save = useApiMutation(API.patchMedia);
  const stored = save.data ?? media;
  const isChanged = look.fit !== stored.fit || look.pan !== stored.pan;
  const { id, name, nameEn } = media;
  return (
    <div className="x-stack">
      <PosterOnScreen media={media} look={look} screen={screen} />
      <div className="l-look">
        <FormField label={t('on')}>
          <Segmented
            value={screen}
            options={[
              { value: 'landscape', label: t('on.landscape') },
              { value: 'portrait', label: t('on.portrait') },
            ]}
            onChange={setScreen}
          />
        </FormField>
        <FormField label={t('fit')} hint={t(`fit.${look.fit}.note`)}>
          <Segmented
            disabled={!mayEdit}
            value={look.fit}
            options={FITS.map((value) => ({ value, label: t(`fit.${value}`) }))}
            onChange={(fit) => setLook({ ...look, fit })}
          />
        </FormField>
        <FormField label={t('pan')} hint={t('pan.note')}>
          {(control) => (
            <div>
              <Switch
                id={control}
                disabled={!mayEdit}
                checked={look.pan}
                onChange={(pan) => setLook({ ...look, pan })}
              />
            </div>
          )}
        </FormField>
        {isChanged && (
          <Button
            type="primary"
            className="l-look-save"
            loading={save.isPending}
            onClick={() => save.mutate({ params: { id }, body: { name, nameEn, ...look } })}
          >
            {words('save')}
          </Button>
        )}
      </div>
      <FailureNote failure={save.error} />
    </div>
  );
}

type OnScreen = { media: Media; look: Pick<Media, 'fit' | 'pan'>; screen: keyof typeof SCREENS };

function PosterOnScreen({ media, look, screen }: OnScreen) {
  const picture = useRef<HTMLImageElement>(null);
  const room = SCREENS[screen];
  const path = posterPath({ picture: media, room, ...look, movesMs: POSTER_DURATION_MS });
  const { from, to } = endsOf(path);
  useEffect(() => {
    if (from === to) return;
    const move = picture.current?.animate([{ transform: from }, { transform: to }], {
      duration: POSTER_DURATION_MS,
      easing: 'cubic-bezier(0.35, 0, 0.65, 1)',
      direction: 'alternate',
      iterations: Number.POSITIVE_INFINITY,
    });
    return () => move?.cancel();
  }, [from, to]);
  const address = MEDIA_PATHS.content(media.id);
  return (
    <div className={`l-screen l-screen-${screen}`}>
      {look.fit === 'contain' && <img className="l-screen-ground" src={address} alt="" />}
      <img
        ref={picture}
        className="l-screen-picture"
        src={address}
        alt={media.name}
        style={{
          width: `${(path.size.width / room.width) * 100}%`,
          height: `${(path.size.height / room.height) * 100}%`,
          transform: from,
        }}
      />
    </div>
  );
}

/** Both ends of the move in parts of the picture's own size, whatever size the preview has. */
function endsOf({ size, from, to }: PosterPath): { from: string; to: string } {
  const text = ({ x, y }: { x: number; y: number }): string =>
    `translate(${(x / size.width) * 100}%, ${(y / size.height) * 100}%)`;
  return { from: text(from), to: text(to) };
}
