/** What a media file is by its first bytes; names and types claimed by senders are not believed. */

/** A type that can be shown, or what else was found. */
export type MediaType = { kind: 'video' | 'image'; mime: string } | { kind: 'other'; found: string };

/** Bytes that `mediaTypeOf` wants to see. */
export const MAGIC_BYTES = 64;

const video = (mime: string): MediaType => ({ kind: 'video', mime });
const image = (mime: string): MediaType => ({ kind: 'image', mime });
const other = (found: string): MediaType => ({ kind: 'other', found });

/** Types that are known by their first bytes, only to be named when they are refused. */
const OTHERS: readonly (readonly [prefix: string, found: string])[] = [
  ['GIF8', 'a GIF image'],
  ['BM', 'a BMP image'],
  ['II*\0', 'a TIFF image'],
  ['MM\0*', 'a TIFF image'],
  ['FLV', 'a Flash video (FLV)'],
  ['0&²u', 'a Windows Media file'],
  ['\0\0\x01º', 'an MPEG program stream'],
  ['OggS', 'an Ogg file'],
  ['%PDF', 'a PDF document'],
  ['PK\x03\x04', 'a ZIP archive or office document'],
  ['<', 'a text file (HTML, XML or SVG)'],
];

/** The type of a file that begins with `head` (its first {@link MAGIC_BYTES}, fewer only where it has no more). */
export function mediaTypeOf(head: Uint8Array): MediaType {
  if (head.length === 0) return other('an empty file');
  const text = latin1(head);
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return image('image/png');
  if (text.startsWith('ÿØÿ')) return image('image/jpeg');
  if (text.startsWith('RIFF')) return riffType(text.slice(8, 12));
  if (text.slice(4, 8) === 'ftyp') return brandType(text.slice(8, 12));
  if (/^(moov|mdat|wide|free|skip)$/.test(text.slice(4, 8))) return other('a QuickTime file (MOV)');
  if (text.startsWith('\x1aEß£')) return ebmlType(text);
  const known = OTHERS.find(([prefix]) => text.startsWith(prefix));
  return other(known ? known[1] : `a file of no known type (it begins with ${beginning(head)})`);
}

function riffType(form: string): MediaType {
  if (form === 'WEBP') return image('image/webp');
  return other(form === 'AVI ' ? 'an AVI video' : 'a RIFF file');
}

/** The major brand of an ISO base media file (ISO/IEC 14496-12, 4.3). */
function brandType(brand: string): MediaType {
  if (brand === 'qt  ') return other('a QuickTime file (MOV)');
  if (/^(heic|heix|heim|heis|hevc|hevx|mif1|msf1)$/.test(brand)) return other('a HEIF image');
  if (/^avi[fs]$/.test(brand)) return other('an AVIF image');
  if (/^M4[ABP] $/.test(brand)) return other('a sound file (M4A)');
  return video('video/mp4');
}

/** The DocType element (ID 0x4282) near the start of an EBML file (RFC 8794, 11.2.6). */
function ebmlType(text: string): MediaType {
  const docType = /B\x82[\x80-\xff]([a-z]+)/.exec(text)?.[1];
  if (docType === 'webm') return video('video/webm');
  return other(docType === 'matroska' ? 'a Matroska file (MKV)' : 'an EBML file');
}

const latin1 = (bytes: Uint8Array): string => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');

const beginning = (head: Uint8Array): string =>
  Array.from(head.subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
