/** Looks into a video file without decoding it: codec, size, duration, and whether all of it is there. */
import { open } from 'node:fs/promises';
import {
  EncodedPacketSink,
  FilePathSource,
  Input,
  type InputVideoTrack,
  Logging,
  LogLevel,
  MP4,
  WEBM,
} from 'mediabunny';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { Failure } from '../failure.ts';
import { type ContainerExtent, mp4Extent, webmExtent } from './container-extent.ts';
import { CODEC_NAMES, mediaCodecUnknown, mediaDurationWrong, mediaUnreadable } from './media-faults.ts';

/** What a video is; sizes are of the picture as shown, the frame rate is a mean. */
export type VideoFacts = { codec: string; width: number; height: number; durationMs: number; frameRate: number };

/** Durations within one file may differ by so much: sound and picture rarely end at the same instant. */
const TOLERANCE_MS = 1000;

// What it finds is reported here; the library would print it to the console as well.
Logging.level = LogLevel.Silent;

/** Inspects the MP4 or WebM `file` of `bytes` bytes. */
export async function inspectVideo(file: string, mime: string, bytes: number): Promise<Result<VideoFacts, Failure>> {
  const extent = await readExtent(file, mime, bytes);
  if (extent.missingBytes > 0)
    return fail(mediaUnreadable(`the file is cut off, at ${bytes} bytes its end is missing`));
  const input = new Input({ formats: [MP4, WEBM], source: new FilePathSource(file) });
  try {
    const track = await input.getPrimaryVideoTrack();
    if (!track) return fail(mediaUnreadable('there is no picture in it', 'a file with a video track'));
    const codec = await readCodec(track, mime);
    if (!codec.ok) return codec;
    const durationMs = await readDurationMs(input, track, extent.headerMs);
    if (!durationMs.ok) return durationMs;
    const { averagePacketRate } = await track.computePacketStats();
    const width = await track.getDisplayWidth();
    const height = await track.getDisplayHeight();
    if (!(width > 0 && height > 0)) return fail(mediaUnreadable(`a picture of ${width} × ${height} pixels`));
    return ok({ codec: codec.value, width, height, durationMs: durationMs.value, frameRate: averagePacketRate });
  } catch (error) {
    return fail(
      mediaUnreadable(`its structure is damaged (${error instanceof Error ? error.message : String(error)})`),
    );
  } finally {
    input.dispose();
  }
}

async function readExtent(file: string, mime: string, bytes: number): Promise<ContainerExtent> {
  const handle = await open(file);
  try {
    return await (mime === 'video/webm' ? webmExtent(handle, bytes) : mp4Extent(handle, bytes));
  } finally {
    await handle.close();
  }
}

/** The codec with its profile, such as `avc1.64001f`. */
async function readCodec(track: InputVideoTrack, mime: string): Promise<Result<string, Failure>> {
  const codec = await track.getCodec();
  const name = (await track.getCodecParameterString()) ?? (await internalName(track));
  const known = codec === 'hevc' ? `H.265 (${name})` : name;
  if (codec === null || !Object.hasOwn(CODEC_NAMES, codec)) return fail(mediaCodecUnknown(known));
  const isMisplaced = (codec === 'avc' && mime === 'video/webm') || (codec === 'vp8' && mime === 'video/mp4');
  return isMisplaced ? fail(mediaCodecUnknown(`${name} in ${mime}`)) : ok(name);
}

async function internalName(track: InputVideoTrack): Promise<string> {
  const id = await track.getInternalCodecId();
  return id === null || typeof id === 'object' ? 'without a name' : String(id);
}

/**
 * How long one showing takes: to the end of the longest track, which is when players report the end. The header of the file, the
 * header of the video track, its table of samples and the samples that can be read have to agree.
 */
async function readDurationMs(
  input: Input,
  track: InputVideoTrack,
  headerMs: number | null,
): Promise<Result<number, Failure>> {
  const wholeMs = Math.round((await input.computeDuration()) * 1000);
  if (!(wholeMs > 0)) return fail(mediaDurationWrong(`${wholeMs} ms`, 'a duration above 0'));
  const trackMs = (await track.computeDuration()) * 1000;
  const readMs = await readableMs(track);
  if (trackMs - readMs > TOLERANCE_MS) {
    return fail(mediaUnreadable(`its pictures end at ${seconds(readMs)} of ${seconds(trackMs)}`));
  }
  const declaredS = await track.getDurationFromMetadata();
  const others: readonly (readonly [what: string, ms: number | null])[] = [
    ['the video track', trackMs],
    ['the header of the video track', declaredS === null ? null : declaredS * 1000],
    ['the header of the file', headerMs],
  ];
  const odd = others.find(([, ms]) => ms !== null && Math.abs(ms - wholeMs) > TOLERANCE_MS);
  // The last frame of a WebM file has no duration of its own; its header counts it.
  if (!odd) return ok(Math.max(wholeMs, Math.round((declaredS ?? 0) * 1000)));
  const found = `${odd[0]} says ${seconds(odd[1] ?? 0)}, the file plays ${seconds(wholeMs)}`;
  return fail(mediaDurationWrong(found, `durations that differ by at most ${TOLERANCE_MS / 1000} s`));
}

/** Where the last sample ends whose bytes are really there. */
async function readableMs(track: InputVideoTrack): Promise<number> {
  let endS = 0;
  for await (const packet of new EncodedPacketSink(track).packets()) {
    endS = Math.max(endS, packet.timestamp + packet.duration);
  }
  return endS * 1000;
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;
