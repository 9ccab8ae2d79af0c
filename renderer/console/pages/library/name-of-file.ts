/** What a file is called in the library until somebody renames it: its name without the ending, at most 200 characters. */
export function nameOfFile(fileName: string): string {
  const bare = fileName.replace(/\.[^.]+$/, '').trim();
  return (bare === '' ? fileName : bare).slice(0, 200);
}
