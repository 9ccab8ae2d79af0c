/** How long what Engine.IO reads or sends is; a text counts its characters, nearly all of which are ASCII. */
export const packetBytes = (data: unknown): number =>
  typeof data === 'string' ? data.length : ArrayBuffer.isView(data) ? data.byteLength : 0;
