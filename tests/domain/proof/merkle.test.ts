/** The root over records is that of RFC 6962, on the player as on the server. */
import { expect, test } from 'vitest';
import { merkleRoot } from '../../../domain/proof/merkle.ts';
import { hex } from '../../../domain/proof/segment.ts';
import { sha256 as playerSha256 } from '../../../main/sha256.ts';
import { sha256 as serverSha256 } from '../../../server/sha256.ts';
import tree from '../../vectors/rfc6962-tree.json' with { type: 'json' };

test.each([
  ['player', playerSha256],
  ['server', serverSha256],
])('[J1] the root over any number of leaves is that of RFC 6962 (%s)', (_, sha256) => {
  const leaves = tree.leaves.map((leaf) => Buffer.from(leaf, 'hex'));
  expect(tree.roots.map((_, size) => hex(merkleRoot(leaves.slice(0, size), sha256)))).toEqual(tree.roots);
});

test('[J1] a leaf of text is the leaf of its UTF-8', () => {
  const texts = ['{"a":1}', '您好', ''];
  const bytes = texts.map((text) => Buffer.from(text));
  expect(merkleRoot(texts, playerSha256)).toEqual(merkleRoot(bytes, serverSha256));
});
