/** Figures of media as people read them. */

/** `3.4 MB`, `286 KB`: decimal units, as file managers count. */
export function bytesText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const units = ['KB', 'MB', 'GB', 'TB'];
  let value = bytes / 1000;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}

/** A codec by the name people know it by: `avc1.64001f` is H.264. */
export function codecText(codec: string): string {
  const families: [RegExp, string][] = [
    [/^(?:avc|h\.?264)/i, 'H.264'],
    [/^(?:hev|hvc|h\.?265)/i, 'H.265'],
    [/^(?:vp0?9)/i, 'VP9'],
    [/^(?:vp0?8)/i, 'VP8'],
    [/^(?:av0?1)/i, 'AV1'],
  ];
  return families.find(([pattern]) => pattern.test(codec))?.[1] ?? codec;
}
