/** Why a media file is refused, each with what would be accepted instead. */
import { Failure } from '../failure.ts';

/** Kinds of files that can be shown. */
export const MEDIA_TYPES = ['MP4', 'WebM', 'PNG', 'JPEG', 'WebP'] as const;

/** Video codecs that every player shows, by the name mediabunny has for them. */
export const CODEC_NAMES = {
  avc: 'H.264 (MP4)',
  vp8: 'VP8 (WebM)',
  vp9: 'VP9 (WebM, MP4)',
  av1: 'AV1 (WebM, MP4)',
} as const;

/** The video codecs that play, with the containers they play in. */
export const VIDEO_CODECS: readonly string[] = Object.values(CODEC_NAMES);

const PLAYABLE = VIDEO_CODECS.join(', ');

/** The file cannot be read: of another type, cut off or damaged. `found` says what was found. */
export const mediaUnreadable = (found: string, allowed = `a whole file of ${MEDIA_TYPES.join(', ')}`): Failure =>
  new Failure('media-unreadable', `The media file cannot be read: ${found}.`, [
    { place: 'file', value: found, allowed },
  ]);

/** The video has a codec that players do not show. */
export const mediaCodecUnknown = (codec: string): Failure =>
  new Failure('media-codec-unknown', `The video codec ${codec} does not play. These do: ${PLAYABLE}.`, [
    { place: 'codec', value: codec, allowed: PLAYABLE },
  ]);

/** The durations in the file are none, or contradict each other. */
export const mediaDurationWrong = (found: string, allowed: string): Failure =>
  new Failure('media-duration-wrong', `The duration of the video is wrong: ${found}; allowed: ${allowed}.`, [
    { place: 'durationMs', value: found, allowed },
  ]);
