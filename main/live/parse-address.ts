/** Reads an address, as `URL.parse` does where a runtime has it. */

/** The address `text`, seen from `base` where it is relative; null where it is none. */
export function parseAddress(text: string, base?: string): URL | null {
  try {
    return new URL(text, base);
  } catch {
    return null;
  }
}
