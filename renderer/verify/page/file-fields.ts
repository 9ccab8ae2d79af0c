/** The two places for files. */
import type { PageWords } from '../text/page-words.ts';
import { element } from './element.ts';

/** The files so far. */
export type ChosenFiles = { bundle: File | null; policy: File | null };

/** Both fields, and that files may be dropped; `onChoose` gets what was chosen. */
export function fileFields(
  chosen: ChosenFiles,
  words: PageWords,
  onChoose: (files: Partial<ChosenFiles>) => void,
): HTMLElement {
  const field = (kind: keyof ChosenFiles, label: string, note: string): HTMLElement => {
    const file = chosen[kind];
    const input = element('input', { type: 'file', id: kind, class: 'v-unseen', 'aria-describedby': `${kind}-note` });
    input.addEventListener('change', () => {
      const picked = input.files?.[0];
      if (picked) onChoose({ [kind]: picked });
    });
    return element(
      'div',
      { class: file ? 'v-field v-field-filled' : 'v-field' },
      element('span', { class: 'v-field-name' }, label),
      element('span', { class: 'v-field-note', id: `${kind}-note` }, file ? fileText(file) : note),
      input,
      element(
        'label',
        { for: kind, class: 'v-button' },
        element('span', { class: 'v-unseen' }, `${label} `),
        file ? words.change : words.choose,
      ),
    );
  };
  return element(
    'section',
    { class: 'v-files' },
    element(
      'div',
      { class: 'v-fields' },
      field('bundle', words.bundle, words.bundleNote),
      field('policy', words.policy, words.policyNote),
    ),
    element('p', { class: 'v-hint' }, words.hint),
  );
}

const fileText = ({ name, size }: File): string => `${name} (${sizeText(size)})`;

function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const [unit, size] = bytes < 1e6 ? ['kB', bytes / 1000] : bytes < 1e9 ? ['MB', bytes / 1e6] : ['GB', bytes / 1e9];
  return `${size < 10 ? size.toFixed(1) : Math.round(size)} ${unit}`;
}
