/**
 * Packs an unpacked build into the archive that players update themselves to: `node scripts/pack-release.ts [FOLDER [LEVEL]]`, by default all of
 * electron-builder's Linux builds. LEVEL is gzip's, 1 (quick) to 9.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** What electron-builder calls its unpacked builds, and the name of the architecture in an archive. */
const BUILDS: Record<string, string> = { 'linux-unpacked': 'x64', 'linux-arm64-unpacked': 'arm64' };

const [given, level = '9'] = process.argv.slice(2);
const installers = join(import.meta.dirname, '../dist/installers');
const folders = given === undefined ? Object.keys(BUILDS).map((name) => join(installers, name)) : [given];

for (const folder of folders.filter((path) => existsSync(path))) {
  const arch = BUILDS[basename(folder)];
  if (arch === undefined)
    throw new Error(`${folder} is no unpacked build; expected ${Object.keys(BUILDS).join(' or ')}`);
  const name = `xunbo-player-${versionOf(join(folder, 'resources/app.asar'))}-linux-${arch}`;
  const archive = join(dirname(folder), `${name}.tar.gz`);
  // Same names in the same order and nobody's ids, so that equal builds are equal archives.
  const order = ['--sort=name', '--owner=0', '--group=0', '--numeric-owner', `--transform=s,^[.],${name},`];
  execFileSync('tar', [...order, `--use-compress-program=gzip -n -${level}`, '-cf', archive, '-C', folder, '.']);
  console.log(archive);
}

/** The version in the package.json of an asar archive: JSON with a header of its own in front, whose last file that is here. */
function versionOf(asar: string): string {
  const bytes = readFileSync(asar);
  const headerBytes = bytes.readUInt32LE(4);
  const header: { files: Record<string, { offset?: string; size?: number }> } = JSON.parse(
    bytes.toString('utf8', 16, 16 + bytes.readUInt32LE(12)),
  );
  const { offset = '0', size = 0 } = header.files['package.json'] ?? {};
  const from = 8 + headerBytes + Number(offset);
  const { version }: { version: string } = JSON.parse(bytes.toString('utf8', from, from + size));
  return version;
}
