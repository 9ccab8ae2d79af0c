/** Takes files dropped anywhere on the page, and says so while they hang over it. */
import { CloudUploadOutlined } from '@ant-design/icons';
import { type DragEvent, type ReactNode, useRef, useState } from 'react';
import { useTexts } from '../../i18n/i18n.ts';
import { texts } from './texts.ts';
import { useUploadUnit } from './upload-unit.ts';
import { useAddFiles } from './use-add-files.ts';

/** `children` with the drop zone over them; nothing is taken while not `enabled`. */
export function DropZone({ enabled, children }: { enabled: boolean; children: ReactNode }) {
  const t = useTexts(texts);
  const addFiles = useAddFiles();
  const [unitId] = useUploadUnit();
  const depth = useRef(0);
  const [over, setOver] = useState(false);
  const carriesFiles = (event: DragEvent): boolean => enabled && event.dataTransfer.types.includes('Files');
  const leave = (): void => {
    depth.current = Math.max(0, depth.current - 1);
    if (depth.current === 0) setOver(false);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the upload button is the first
    <section
      className="l-drop"
      onDragEnter={(event) => {
        if (!carriesFiles(event)) return;
        event.preventDefault();
        depth.current += 1;
        setOver(true);
      }}
      onDragOver={(event) => carriesFiles(event) && event.preventDefault()}
      onDragLeave={leave}
      onDrop={(event) => {
        if (!carriesFiles(event)) return;
        event.preventDefault();
        depth.current = 0;
        setOver(false);
        addFiles([...event.dataTransfer.files], unitId);
      }}
    >
      {children}
      {over && (
        <div className="l-drop-veil">
          <CloudUploadOutlined />
          <strong>{t('dropHere')}</strong>
          <span>{t('dropText')}</span>
        </div>
      )}
    </section>
  );
}
