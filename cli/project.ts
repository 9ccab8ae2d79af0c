/** Where the product lies and which version it is. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** Folder of the product: of its package.json. */
export const PROJECT_FOLDER = fileURLToPath(new URL('..', import.meta.url));

/** Version in package.json. */
export const VERSION = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))).version;
