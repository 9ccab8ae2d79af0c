/** Takes from the page what a browser offers its reader: menu, selection, dragging, zoom and scrolling. */

const REFUSED = ['contextmenu', 'selectstart', 'dragstart', 'wheel', 'touchmove', 'keydown', 'gesturestart'] as const;

/** Refuses every such event on the whole page; an operator's own keys belong to the shell, not to the page. */
export function quietPage(): void {
  for (const type of REFUSED) {
    document.addEventListener(type, (event) => event.preventDefault(), { capture: true, passive: false });
  }
}
