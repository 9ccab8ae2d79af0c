/** Base64 of RFC 4648 section 4, in its one spelling: padded, and with nothing in the bits that are left over. */

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const VALUE_OF = new Map([...LETTERS].map((letter, value) => [letter, value]));

/** Bytes as base64. */
export function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let k = 0; k < bytes.length; k += 3) {
    const [a = 0, b = 0, c = 0] = bytes.subarray(k, k + 3);
    const left = bytes.length - k;
    const letters = [a >> 2, ((a & 3) << 4) | (b >> 4), ((b & 15) << 2) | (c >> 6), c & 63].map((n) => LETTERS[n]);
    text += letters
      .slice(0, left + 1)
      .join('')
      .padEnd(4, '=');
  }
  return text;
}

/** The bytes of `text`; null for what is no base64, or another spelling of it. */
export function fromBase64(text: string): Uint8Array | null {
  const body = text.replace(/={1,2}$/, '');
  if (text.length % 4 !== 0) return null;
  const bytes = new Uint8Array(Math.floor((body.length * 3) / 4));
  let bits = 0;
  let held = 0;
  let at = 0;
  for (const letter of body) {
    const value = VALUE_OF.get(letter);
    if (value === undefined) return null;
    held = ((held << 6) | value) & 0xfff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at] = (held >> bits) & 0xff;
    at += 1;
  }
  return (held & (2 ** bits - 1)) === 0 ? bytes : null;
}
