/** Finds a program on the path of this machine. */
import { delimiter, join } from 'node:path';

/** Where is looked, and what is runnable. */
export type ToolPath = {
  env: Readonly<Record<string, string | undefined>>;
  isExecutable: (path: string) => boolean;
};

/** The full path of the first program called `name`, or undefined where there is none. */
export function findTool(name: string, { env, isExecutable }: ToolPath): string | undefined {
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}
