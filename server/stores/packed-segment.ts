/** Header and records of a segment in few bytes: zstd, its dictionary what the ledger knows of the segment anyway. */
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { MAX_SEGMENT_BYTES } from '../../protocol/proof.ts';

/** What a segment is packed with, and is needed to unpack it. `program`: hash and UTF-8 of the one its header names, null where that was not stored. */
export type PackingContext = {
  device: string;
  epoch: number;
  segment: number;
  firstSeq: number;
  count: number;
  prev: string | null;
  screen: string;
  program: { hash: string; text: Uint8Array } | null;
};

/** What packing gives. `program`: hash of the one that it was packed with, null: none. */
export type PackedTexts = { bytes: Uint8Array; program: string | null };

/** What is packed. The header has no line breaks, being canonical JSON. */
export type SegmentTexts = { header: string; body: string };

/** Of longer programs the end is used, where the manifest with its hashes stands. */
const MOST_PROGRAM_BYTES = 65_536;

/** Nothing that was ever packed is longer: what unpacks to more is damaged. */
const MOST_BYTES = 4 * MAX_SEGMENT_BYTES;

/** Level 1 packs these texts better than the default, at half its price. */
const PARAMS = { [constants.ZSTD_c_compressionLevel]: 1 } as const;

/**
 * Headers and records as they are mostly written. What was packed cannot be unpacked with another text: never change it, add a second one beside
 * it (a test holds its hash).
 */
export const FORM = Buffer.from(
  `{"beacon":{"root":"","size":1},"boot":"","build":"0.1.0","clock":{"errorMs":5,"lastSyncMs":17,"source":"server"},"closedAt":17
{"beacon":null,"boot":"","build":"0.1.0","clock":{"errorMs":null,"lastSyncMs":null,"source":"system"},"closedAt":17
{"evidence":{"recovered":0,"tornBytes":0},"kind":"boot","m0":,"m1":,"reason":"start","seq":0,"t0":17,"t1":17}
{"evidence":{"date":"20","makeGoods":{},"plays":{},"short":{}},"kind":"dayclose","m0":,"m1":,"reason":"closed","seq":,"t0":17,"t1":17}
{"evidence":{},"kind":"mode","m0":,"m1":,"reason":"open","seq":,"t0":17,"t1":17}
{"campaign":"","commitment":"","evidence":{"dropped":0,"expectedMs":15000,"frames":1,"visible":1},"item":"","kind":"play","m0":,"m1":,"outcome":"complete","reason":"make-good","seq":,"sha":"","slot":"20","t0":17,"t1":17}
{"campaign":"","commitment":"","evidence":{"dropped":0,"expectedMs":30000,"frames":1,"visible":1},"item":"","kind":"play","m0":,"m1":,"outcome":"complete","reason":"bonus","seq":,"sha":"","slot":"20","t0":17,"t1":17}
{"campaign":null,"commitment":null,"evidence":{"dropped":0,"expectedMs":10000,"frames":1,"visible":1},"item":"","kind":"play","m0":,"m1":,"outcome":"complete","reason":"filler","seq":,"sha":"","slot":"20","t0":17,"t1":17}
{"campaign":"","commitment":"","evidence":{"dropped":0,"expectedMs":15000,"frames":375,"visible":1},"item":"","kind":"play","m0":,"m1":,"outcome":"complete","reason":"scheduled","seq":,"sha":"","slot":"20","t0":17,"t1":17}
`,
);

/** The program that a verified header names, null: none. Its keys are known and its values hold no quotes. */
export const programNamedBy = (header: string): string | null => /"program":"([0-9a-f]{64})"/.exec(header)?.[1] ?? null;

/** Packs a segment's texts. */
export function packSegment({ header, body }: SegmentTexts, context: PackingContext): Uint8Array {
  if (header.includes('\n')) throw new TypeError('a header with a line break is no canonical JSON');
  const plain = Buffer.from(`${header}\n${body}`);
  return zstdCompressSync(plain, {
    dictionary: dictionaryOf(context),
    pledgedSrcSize: plain.length,
    params: PARAMS,
  });
}

/** The texts again; throws where the bytes are damaged or were packed with something else. */
export function unpackSegment(packed: Uint8Array, context: PackingContext): SegmentTexts {
  const options = { dictionary: dictionaryOf(context), maxOutputLength: MOST_BYTES };
  const plain = zstdDecompressSync(packed, options).toString();
  const end = plain.indexOf('\n');
  if (end < 0) throw new TypeError('no header in what was packed');
  return { header: plain.slice(0, end), body: plain.slice(end + 1) };
}

/** The rest of the header as far as it is known stands last, where matches are cheapest. */
function dictionaryOf({ program, ...of }: PackingContext): Buffer {
  const prev = of.prev === null ? 'null' : `"${of.prev}"`;
  const names = `"count":${of.count},"device":"${of.device}","epoch":${of.epoch},"firstSeq":${of.firstSeq},"manifest":"`;
  const more = `","prev":${prev},"program":"${program?.hash ?? ''}","root":"","screen":"${of.screen}","segment":${of.segment},"v":1}\n`;
  return Buffer.concat([
    program?.text.subarray(-MOST_PROGRAM_BYTES) ?? new Uint8Array(),
    FORM,
    Buffer.from(names + more),
  ]);
}
