/** The published JSON Schemas of content files, made from the schemas that read them. */
import { z } from 'zod';
import { COMMON_KEYS, KEYS } from './file-descriptions.ts';
import { FILE_NAMES, FILE_SCHEMAS, type FileKind } from './files.ts';

type Json = Record<string, unknown>;

/** The JSON Schema (draft 2020-12) of what may be written in a file of `kind`, every key with a description. */
export function publishedSchema(kind: FileKind): Json {
  const { $schema, ...schema } = z.toJSONSchema(FILE_SCHEMAS[kind], { io: 'input' });
  const described = describe(schema, kind, '');
  return { $schema, title: `Xunbo 循播: ${FILE_NAMES[kind]}`, description: KEYS[kind][''], ...described };
}

/** The same as the text of the published file. */
export const publishedSchemaText = (kind: FileKind): string => `${JSON.stringify(publishedSchema(kind), null, 2)}\n`;

/** Adds descriptions to the keys under `place`, a path of key names without indexes. */
function describe(schema: Json, kind: FileKind, place: string): Json {
  const result: Json = { ...schema };
  if (isJson(schema.properties)) {
    result.properties = Object.fromEntries(
      Object.entries(schema.properties).map(([key, value]) => [
        key,
        isJson(value) ? describeKey(value, kind, place === '' ? key : `${place}.${key}`, key) : value,
      ]),
    );
  }
  if (isJson(schema.items)) result.items = describe(schema.items, kind, place);
  return result;
}

function describeKey(schema: Json, kind: FileKind, place: string, key: string): Json {
  const description = KEYS[kind][place] ?? COMMON_KEYS[key];
  if (description === undefined) throw new Error(`no description of ${place} in a ${kind} file`);
  const isDate = /^(flights|items)\.(from|to|extendedTo)$/.test(place);
  return { description, ...describe(schema, kind, place), ...(isDate && { format: 'date' }) };
}

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
