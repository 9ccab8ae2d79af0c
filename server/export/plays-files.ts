/** The formats that plays are exported in: what writes each, and what its files are. */
import type { PlaysFormat } from '../../protocol/http/plays-export.ts';
import type { ExportedPlay, ExportScope } from './exported-plays.ts';
import { playsAsmil } from './plays-asmil.ts';
import { playsCsv } from './plays-csv.ts';
import { playsH782 } from './plays-h782.ts';

/** A format: `write` gives a file piece by piece. */
type PlaysFile = {
  mime: string;
  ending: string;
  write(plays: AsyncIterable<ExportedPlay>, scope: ExportScope): AsyncGenerator<string>;
};

/** Every format. */
export const PLAYS_FILES: Readonly<Record<PlaysFormat, PlaysFile>> = {
  csv: { mime: 'text/csv; charset=utf-8', ending: '.csv', write: playsCsv },
  asmil: { mime: 'application/xml; charset=utf-8', ending: '.asmil.xml', write: playsAsmil },
  h782: { mime: 'application/xml; charset=utf-8', ending: '.h782.xml', write: playsH782 },
};
