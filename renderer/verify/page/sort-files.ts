/** Which of some files is the bundle and which the policy, by what is in them. */

/** Enough to tell text from what is packed. */
const LOOK_BYTES = 4096;

/** The last of either kind. */
export type SortedFiles = { bundle: File | null; policy: File | null };

/** Sorts files that were dropped together: a policy is text and no bundle's head, all else is taken for a bundle, damaged ones too. */
export async function sortFiles(files: readonly File[]): Promise<SortedFiles> {
  const sorted: SortedFiles = { bundle: null, policy: null };
  for (const file of files) sorted[(await isPolicy(file)) ? 'policy' : 'bundle'] = file;
  return sorted;
}

async function isPolicy(file: File): Promise<boolean> {
  try {
    const start = await file.slice(0, LOOK_BYTES).text();
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these tell that it is no text
    return !start.startsWith('xunbo-bundle/') && !/[\u0000-\u0008\u000e-\u001f\ufffd]/.test(start);
  } catch {
    // A folder, or a file that is gone: whoever reads it says so.
    return false;
  }
}
