/** Which release of the player a device is offered while a release is handed out in stages. */

/**
 * A release that lies ready. `version`: `1.2.3`; `percent`: how many of 100 devices are offered it, 0 to 100; `screens`: ids of screens that are
 * offered it whatever the percentage.
 */
export type Release = { version: string; arch: 'x64' | 'arm64'; percent: number; screens: readonly string[] };

/** Who asks. `device`: its id, a hexadecimal SHA-256. */
export type ReleaseAsker = { device: string; screen: string; arch: Release['arch'] };

const BUCKETS = 2 ** 32;

/** The newest release that `asker` is offered, or undefined. The same devices come first in every release, and a larger share holds every smaller one. */
export function offeredRelease<R extends Release>(releases: readonly R[], asker: ReleaseAsker): R | undefined {
  return releases
    .filter((release) => release.arch === asker.arch && isOffered(release, asker))
    .sort((a, b) => compareVersions(b.version, a.version))[0];
}

/** Below zero where version `a` is older than `b`, above where newer; both as `1.2.3`. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split('.').map(Number));
  return [0, 1, 2].map((i) => (left?.[i] ?? 0) - (right?.[i] ?? 0)).find((difference) => difference !== 0) ?? 0;
}

function isOffered({ percent, screens }: Release, { device, screen }: ReleaseAsker): boolean {
  // The id is a hash already: its first 32 bits are spread evenly.
  return screens.includes(screen) || Number.parseInt(device.slice(0, 8), 16) < (percent / 100) * BUCKETS;
}
