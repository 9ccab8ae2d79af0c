/** What each key of a content file means, for the published JSON Schemas. */
import type { FileKind } from './files.ts';

/** Keys that mean the same wherever they stand. */
export const COMMON_KEYS: Readonly<Record<string, string>> = {
  $schema: 'Address of the published schema, so that an editor checks the file while it is written.',
  id: 'Id, unique among its kind and never changed: 1 to 40 of A-Z a-z 0-9 . _ -, starting with a letter or digit.',
  name: 'Name in Chinese, as people read it.',
  nameEn: 'Name in English, or null.',
  unitId: 'Id of the unit it belongs to.',
  item: 'Id of a media or slogan of the library.',
  dayParts: 'Spans of the day in which plays are wanted; an empty list: all opening hours.',
  days: 'Weekdays, mon to sun.',
  from: 'Start, HH:MM below 24:00.',
  to: 'End, HH:MM up to 47:59; past midnight 25:30 means 01:30 of the next date. At most 24 hours after the start.',
};

/** Keys by their path in a file of each kind; they come before {@link COMMON_KEYS}. */
export const KEYS: Readonly<Record<FileKind, Readonly<Record<string, string>>>> = {
  organisation: {
    '': 'Who takes part and where the screens stand.',
    units: 'Organisations, as a tree.',
    'units.parentId': 'Id of the unit above, or null at the top.',
    sites: 'Places with screens.',
    screens: 'Displays with a player each, and external channels.',
    'screens.kind':
      'player: a display with a player; external: a channel without one, whose plays are imported and attested.',
    'screens.siteId': 'Id of the site where it stands.',
    'screens.venue': 'Kind of place, by which campaigns choose their targets.',
    'screens.tags': 'Free words, by which campaigns choose their targets.',
    'screens.timeZone': 'IANA time zone of its clocks.',
    'screens.openingHours': 'When it is on; at least one span.',
    'screens.orientation': 'How the display hangs.',
    'screens.rotation': 'How far the picture is turned clockwise, in degrees.',
    'screens.sound': 'How loud films are, or null: silent.',
    'screens.sound.volume': 'Percent of full.',
    'screens.sound.dayParts': 'Spans of the day in which films are heard; an empty list: all opening hours.',
    'screens.syncGroup':
      'Screens of one group with the same program start each slot at the same moment; null: on its own.',
    'screens.loopId': 'Id of the playlist that fills the time between promised plays, or null for none.',
  },
  library: {
    '': 'What can be shown: media files and slogans. No two of them share an id.',
    media: 'Videos (MP4, WebM) and images (PNG, JPEG, WebP).',
    'media.id': 'Id; left out: m- and the first 16 hexadecimal digits of the SHA-256 of the file.',
    'media.fit':
      'How an image fills a screen of another shape: contain: whole, on a blurred copy of itself; cover: cut to its edges.',
    'media.pan': 'Whether an image moves slowly while it shows.',
    'media.file': 'Path of the file, seen from the folder of this file.',
    slogans: 'Texts, shown as a full-screen card or a scrolling ticker.',
    'slogans.text': 'The text in Chinese.',
    'slogans.textEn': 'The text in English, shown beneath, or null.',
    'slogans.shape': 'card: stands full screen; ticker: scrolls.',
    'slogans.theme': 'Colours.',
    'slogans.durationMs': 'How long a card stands or one pass of a ticker takes, in milliseconds.',
  },
  playlist: {
    '': 'One loop: the ordered list that fills the time between promised plays.',
    items: 'Items in the order they are shown.',
    'items.durationMs':
      'How long an image (up to 10 minutes) or a live source (up to 6 hours) stands, in milliseconds; null: 8 seconds. Ignored for all other items.',
    'items.from': 'First day it is shown, YYYY-MM-DD, or null for no beginning.',
    'items.to': 'Last day it is shown, YYYY-MM-DD, or null for no end.',
    'items.weekdays': 'Weekdays on which it is shown; an empty list: all.',
    'items.dayParts': 'Spans of the day in which it is shown; an empty list: all opening hours.',
    'items.dayParts.from': 'Start, HH:MM below 24:00.',
    'items.dayParts.to':
      'End, HH:MM up to 47:59; past midnight 25:30 means 01:30 of the next date. At most 24 hours after the start.',
    'items.separation': 'Two plays with the same tag never follow each other; null: none.',
    ticker: 'Ids of ticker slogans that run along the bottom over everything.',
  },
  campaign: {
    '': 'One campaign: what is promised, with what, where and when.',
    state: 'draft: being made; live: planned and played; ended: withdrawn.',
    flights: 'Phases of the campaign, both days included.',
    'flights.from': 'First day, YYYY-MM-DD.',
    'flights.to': 'Last day, YYYY-MM-DD, not before the first.',
    'flights.extendedTo': 'A later last day that the rule of extension has given it, or null.',
    weekdays: 'Weekdays on which the promises hold.',
    creatives: 'Items that count as plays of the campaign.',
    'creatives.durationMs': 'How long an image stands, in milliseconds; null: 8 seconds. Ignored for all other items.',
    'creatives.weight': 'Plays are shared out between items in proportion to their weights.',
    'creatives.flights':
      'Ids of the flights that it belongs to; an empty list: all of them. Every flight needs a creative.',
    targets: 'The screens that any of the four lists names.',
    'targets.units': 'Ids of units: their screens and those of all units below.',
    'targets.venues': 'Kinds of places.',
    'targets.tags': 'Tags of screens.',
    'targets.screens': 'Ids of screens.',
    commitments: 'Promises, each for every target screen and day of a flight.',
    'commitments.scope': 'screen: the count is promised for each target screen; target: for all of them together.',
    'commitments.minPlays': 'At least so many plays a day; beside exact times 0 or at most their number.',
    'commitments.minShare': 'At least this share of all plays of the day, above 0 to 1, or null.',
    'commitments.minAirtimeShare': 'At least this share of all time shown in the day, above 0 to 1, or null.',
    'commitments.exactTimes': 'Times at which a play starts to the second, HH:MM; such a promise has no other plays.',
    'commitments.maxGapMin': 'At most so many minutes from one start to the next, or null.',
    'commitments.minConsecutiveDays': 'Kept on at least so many days in a row, or null.',
    'commitments.maxPlaysPerHour': 'At most so many plays in any 60 minutes, or null.',
    'commitments.minGapMin': 'At least so many minutes from one start to the next, or null.',
    'commitments.dayParts': 'Spans of the day in which plays count; an empty list: those of the campaign.',
    'commitments.priority': 'Where not all promises can be kept, the higher goes first.',
    frontLoad: 'Share of each day against which promised plays are planned, so that an outage can be made up for.',
    separation: 'Two plays with the same tag never follow each other; null: none.',
    extendDays:
      'By how many days at most a flight is extended so that consecutive days can still be kept after a missed one.',
    overrideReason: 'Why it was booked although it does not fit, or null.',
  },
};
