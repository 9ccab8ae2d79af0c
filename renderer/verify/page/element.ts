/** Elements of the page. */

/** What an element may hold; null is nothing. */
export type Child = Node | string | null;

/** Makes an element with attributes and what it holds. Text stays text, whatever stands in it. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children.filter((child) => child !== null));
  return made;
}

/** A button that does `onPress`; `id` brings the focus back where the page is drawn anew. */
export function button(id: string, label: string, onPress: () => void, kind = 'v-button'): HTMLButtonElement {
  const made = element('button', { type: 'button', class: kind, id }, label);
  made.addEventListener('click', onPress);
  return made;
}
