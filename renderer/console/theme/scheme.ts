/** Light or dark: as the system says, or as a person chose; kept in the browser. */
import { useSyncExternalStore } from 'react';

/** What a person may choose. */
export const SCHEMES = ['system', 'light', 'dark'] as const;

/** One of {@link SCHEMES}. */
export type Scheme = (typeof SCHEMES)[number];

const KEY = 'xunbo.scheme';
const systemDark = window.matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set<() => void>();
let chosen = read();

function read(): Scheme {
  const stored = localStorage.getItem(KEY);
  return SCHEMES.find((scheme) => scheme === stored) ?? 'system';
}

const isDark = (): boolean => chosen === 'dark' || (chosen === 'system' && systemDark.matches);

function apply(): void {
  document.documentElement.dataset.scheme = isDark() ? 'dark' : 'light';
  for (const listener of listeners) listener();
}

systemDark.addEventListener('change', apply);
apply();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Uses `scheme` from now on, also after a reload. */
export function chooseScheme(scheme: Scheme): void {
  chosen = scheme;
  localStorage.setItem(KEY, scheme);
  apply();
}

/** What the person chose, as a hook. */
export const useScheme = (): Scheme => useSyncExternalStore(subscribe, () => chosen);

/** Whether the console is dark now, as a hook. */
export const useIsDark = (): boolean => useSyncExternalStore(subscribe, isDark);
