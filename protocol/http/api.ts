/** The HTTP API: every route with its schemas. The server serves this table, the console calls it, OpenAPI is made from it. */
import { ACCESS_API } from './access-api.ts';
import { CHANGE_API } from './change-api.ts';
import { CONTENT_API } from './content-api.ts';
import { ENROLMENT_API } from './enrolment-api.ts';
import { PROMISE_API } from './promise-api.ts';
import { SCREEN_API } from './screen-api.ts';
import { TAKEOVER_API } from './takeover-api.ts';

/** Where uploads go (tus 1.0); metadata: `filename`, `name`, `unitId`. The last answer's body is a media or an error. */
export const UPLOAD_PATH = '/api/uploads';

/** Original bytes of a media, and a small still of it (WebP, 480 px wide), for signed-in people. */
export const MEDIA_PATHS = {
  content: (id: string): string => `/api/media/${encodeURIComponent(id)}/content`,
  still: (id: string): string => `/api/media/${encodeURIComponent(id)}/still`,
} as const;

/** A picture of a screen (WebP, at most 480 px wide), for people who may see the screen. */
export const shotPath = (screenId: string, sha: string): string =>
  `/api/screens/${encodeURIComponent(screenId)}/shots/${encodeURIComponent(sha)}`;

/** Every JSON route. A PUT creates or replaces the entity of its id. */
export const API = {
  ...ACCESS_API,
  ...SCREEN_API,
  ...ENROLMENT_API,
  ...CONTENT_API,
  ...CHANGE_API,
  ...PROMISE_API,
  ...TAKEOVER_API,
} as const;
