/** Reading the times people type: `8`, `8:5`, `0830`, `25:30`, full-width digits and colons. */

/** `text` as `HH:MM` from 00:00 to 47:59, or null where it is no such time. */
export function wallTimeFrom(text: string): string | null {
  const plain = text
    .trim()
    .replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
    .replace(/[：.点时]/g, ':')
    .replace(/[:分]+$/, '');
  const match = /^(\d{1,2}):(\d{1,2})$/.exec(plain) ?? /^(\d{1,2})(\d{2})$/.exec(plain) ?? /^(\d{1,2})()$/.exec(plain);
  if (!match) return null;
  const hours = Number(match[1]);
  const minutes = Number(match[2] || '0');
  if (hours > 47 || minutes > 59) return null;
  return `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
}
