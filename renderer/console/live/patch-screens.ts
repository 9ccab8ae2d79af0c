/** Lays the players' own latest words over the list of screens, without asking the server again. */
import type { screenStatusSchema } from '../../../protocol/console-link.ts';
import type { ScreenView } from '../../../protocol/http/views.ts';

/** What `status` says of one screen. */
export type ScreenWord = (typeof screenStatusSchema)['_output']['screens'][number];

/** The same list where nothing changed; otherwise one in which only the screens that spoke are new. */
export function patchScreens(screens: readonly ScreenView[], words: readonly ScreenWord[]): ScreenView[] {
  const byId = new Map(words.map((word) => [word.screenId, word]));
  return screens.map((screen) => {
    const word = byId.get(screen.id);
    if (!word) return screen;
    return { ...screen, online: word.online, lastSeenMs: word.lastSeenMs, status: word.status ?? screen.status };
  });
}
