/** Writes the published JSON Schemas of content files to `playlists/schema/`: `node scripts/write-schemas.ts`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { publishedSchemaText } from '../protocol/file-json-schema.ts';
import { FILE_KINDS } from '../protocol/files.ts';

const folder = join(import.meta.dirname, '../playlists/schema');
mkdirSync(folder, { recursive: true });
for (const kind of FILE_KINDS) {
  const file = join(folder, `${kind}.schema.json`);
  writeFileSync(file, publishedSchemaText(kind));
  console.log(file);
}
