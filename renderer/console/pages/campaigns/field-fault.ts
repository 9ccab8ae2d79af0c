/** Faults of the form: which field, and which sentence of the interface says what is allowed there. */
import type { Fault } from '../../../../protocol/errors.ts';

/** Every sentence the form has for a fault; `other` shows what the server said. */
export const FAULT_KEYS = [
  'nameMissing',
  'nameLong',
  'flightsMissing',
  'flightNames',
  'dateMissing',
  'flightReversed',
  'extensionEarly',
  'weekdaysMissing',
  'timeShape',
  'partInverted',
  'partLate',
  'partLong',
  'creativesMissing',
  'itemUnknown',
  'flightEmpty',
  'imageDuration',
  'durationRange',
  'weightRange',
  'promisesMissing',
  'promiseEmpty',
  'exactAlone',
  'exactMany',
  'exactTwice',
  'minPlaysRange',
  'shareRange',
  'minutesRange',
  'gapsContradict',
  'daysRange',
  'perHourRange',
  'priorityRange',
  'frontLoadRange',
  'separationLength',
  'extendRange',
  'loopReversed',
  'reasonMissing',
  'other',
] as const;

/** One of {@link FAULT_KEYS}. */
export type FaultKey = (typeof FAULT_KEYS)[number];

/** A fault at a field; `place` is a dotted path of the campaign, `allowed` the English of the contract, `values` what its sentence names. */
export type FieldFault = { place: string; key: FaultKey; allowed: string; values?: Record<string, string> };

type Rule = { place: RegExp; allowed?: RegExp; value?: RegExp; key: FaultKey };

const PART = String.raw`(?:^|\.)dayParts\.\d+`;

/** First rule that fits wins: the more special stand first. */
const RULES: readonly Rule[] = [
  { place: /(?:^|\.)name(?:En)?$/, value: /^(?:""|"\s+"|missing|null)$/, key: 'nameMissing' },
  { place: /(?:^|\.)name(?:En)?$/, key: 'nameLong' },
  { place: /^flights$/, allowed: /at least one/, key: 'flightsMissing' },
  { place: /^flights$/, key: 'flightNames' },
  { place: /^flights\.\d+\.to$/, allowed: /ends on or after/, key: 'flightReversed' },
  { place: /^flights\.\d+\.(?:from|to)$/, key: 'dateMissing' },
  { place: /^flights\.\d+\.extendedTo$/, key: 'extensionEarly' },
  { place: /^flights\.\d+$/, key: 'flightReversed' },
  { place: /^(?:from|to)$/, key: 'loopReversed' },
  { place: /^weekdays/, key: 'weekdaysMissing' },
  { place: new RegExp(`${PART}$`), allowed: /starts before/, key: 'partLate' },
  { place: new RegExp(`${PART}$`), allowed: /at most 24/, key: 'partLong' },
  { place: new RegExp(`${PART}$`), key: 'partInverted' },
  { place: new RegExp(`${PART}\\.(?:from|to)$`), key: 'timeShape' },
  { place: /^creatives$/, key: 'creativesMissing' },
  { place: /^creatives\.\d+\.item$/, key: 'itemUnknown' },
  { place: /^creatives\.\d+\.durationMs$/, value: /^(?:null|missing)$/, key: 'imageDuration' },
  { place: /^creatives\.\d+\.durationMs$/, key: 'durationRange' },
  { place: /^creatives\.\d+\.weight$/, key: 'weightRange' },
  { place: /^commitments$/, key: 'promisesMissing' },
  {
    place: /\.(?:minPlays|scope|min(?:Airtime)?Share|maxGapMin|minGapMin|maxPlaysPerHour)$/,
    allowed: /beside exact/,
    key: 'exactAlone',
  },
  { place: /\.minPlays$/, allowed: /at least one of/, key: 'promiseEmpty' },
  { place: /\.minPlays$/, key: 'minPlaysRange' },
  { place: /\.exactTimes$/, allowed: /at most/, key: 'exactMany' },
  { place: /\.exactTimes$/, key: 'exactTwice' },
  { place: /\.exactTimes\.\d+$/, key: 'timeShape' },
  { place: /\.min(?:Airtime)?Share$/, key: 'shareRange' },
  { place: /\.(?:maxGapMin|minGapMin)$/, key: 'minutesRange' },
  { place: /\.minConsecutiveDays$/, key: 'daysRange' },
  { place: /\.maxPlaysPerHour$/, key: 'perHourRange' },
  { place: /\.priority$/, key: 'priorityRange' },
  { place: /^frontLoad$/, key: 'frontLoadRange' },
  { place: /^separation$/, key: 'separationLength' },
  { place: /^extendDays$/, key: 'extendRange' },
  { place: /^overrideReason$/, key: 'reasonMissing' },
];

/** Finds the field and the sentence for a fault of the schema or of the server (whose places may begin with `body` or `campaign`). */
export function fieldFault(fault: Fault): FieldFault {
  const place = fault.place.replace(/^(?:body|campaign)\.(?=.)/, '').replace(/\[(\d+)\]/g, '.$1');
  const rule = RULES.find(
    (r) => r.place.test(place) && (r.allowed?.test(fault.allowed) ?? true) && (r.value?.test(fault.value) ?? true),
  );
  return { place, key: rule?.key ?? 'other', allowed: fault.allowed };
}

/** The fault at `place`, or null; a fault of a whole entry (`dayParts.0`) is found at that place only. */
export function faultAt(faults: readonly FieldFault[], place: string): FieldFault | null {
  return faults.find((fault) => fault.place === place) ?? null;
}

const LACKS: ReadonlySet<FaultKey> = new Set([
  'nameMissing',
  'flightsMissing',
  'dateMissing',
  'creativesMissing',
  'imageDuration',
  'promisesMissing',
  'promiseEmpty',
  'reasonMissing',
]);

/** Whether a fault is only that something has not been filled in yet, which is not said before somebody wants to save. */
export function isLack(key: FaultKey): boolean {
  return LACKS.has(key);
}
