/** Puts files on the upload queue; what is no video and no image is named and left out. */
import { App } from 'antd';
import { useTexts } from '../../i18n/i18n.ts';
import { texts } from './texts.ts';
import { uploads } from './uploads.ts';

/** What the file chooser offers. */
export const ACCEPTED_TYPES = 'video/*,image/*,.mkv,.mov,.webm,.mp4,.m4v';

const PLAYABLE_ENDING = /\.(?:mp4|m4v|mov|webm|mkv|avi|png|jpe?g|webp|gif|avif|bmp|svg)$/i;

/** Gives the function that takes files for a unit's library. */
export function useAddFiles(): (files: readonly File[], unitId: string) => void {
  const t = useTexts(texts);
  const { message } = App.useApp();
  return (files, unitId) => {
    for (const { name } of files.filter((file) => !isMediaFile(file))) void message.warning(t('notMedia', { name }), 6);
    const media = files.filter(isMediaFile);
    for (const { name } of media.filter((file) => file.size === 0)) void message.warning(t('emptyFile', { name }), 6);
    uploads.add(
      media.filter((file) => file.size > 0),
      unitId,
    );
  };
}

function isMediaFile(file: File): boolean {
  return /^(?:video|image)\//.test(file.type) || (file.type === '' && PLAYABLE_ENDING.test(file.name));
}
