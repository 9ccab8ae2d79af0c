/** The player's end of the bridge to the stage page, whatever shell shows that page. */
import type { ManifestItem, Program } from '../domain/plan/program.ts';
import type { StageCommand, StageContent, StageEvent } from '../protocol/stage.ts';

/** The stage. Events arrive one by one; commands to a page that is not there are dropped. */
export type StagePort = {
  send(command: StageCommand): void;
  /** Sets the one listener. */
  onEvent(listener: (event: StageEvent) => void): void;
  /** Brings up the page anew; a `ready` event follows when it is there. */
  restart(reason: string): void;
  /** A picture of what shows: WebP, at most 480 px wide and 128 KiB long. Rejects where none can be taken within seconds. */
  capture(): Promise<Uint8Array>;
  /** The same in full size: JPEG. */
  picture(): Promise<Uint8Array>;
  /** Memory of the processes that show the page, bytes, or null where that cannot be told. */
  memoryBytes(): Promise<number | null>;
};

/** What the page is told to show for an item. */
export function contentOf(item: ManifestItem): StageContent {
  switch (item.type) {
    case 'video':
      return { type: 'video', url: `media/${item.sha}`, mime: item.mime };
    case 'image':
      return { type: 'image', url: `media/${item.sha}`, fit: item.fit ?? 'contain', pan: item.pan ?? false };
    case 'live':
      return { type: 'live', url: `live/${item.sha}/index` };
    case 'card':
    case 'ticker':
      return { type: item.type, text: item.text, textEn: item.textEn, theme: item.theme };
  }
}

/** The texts a program runs along the bottom. */
export function tickerLines(program: Program): Extract<StageCommand, { type: 'ticker' }>['lines'] {
  return program.ticker.flatMap((id) => {
    const item = program.manifest[id];
    return item && (item.type === 'ticker' || item.type === 'card') ? [{ text: item.text, theme: item.theme }] : [];
  });
}
