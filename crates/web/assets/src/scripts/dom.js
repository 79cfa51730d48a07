/** Helpers that find elements of a page and listen to their events, with types. */

/**
 * @typedef {HTMLElement & Partial<HTMLInputElement>} Target An element that may be a form control.
 */

/**
 * The first element that matches a CSS selector, or null.
 * @template {HTMLElement} [E=HTMLElement]
 * @param {string} selector
 * @param {ParentNode} [root]
 * @returns {E | null}
 */
export const find = (selector, root = document) => root.querySelector(selector);

/**
 * All elements that match a CSS selector, in the order of the page.
 * @template {HTMLElement} [E=HTMLElement]
 * @param {string} selector
 * @param {ParentNode} [root]
 * @returns {E[]}
 */
export const findAll = (selector, root = document) => [
  .../** @type {NodeListOf<E>} */ (root.querySelectorAll(selector)),
];

/**
 * Listens to events of one type on every element of the page, also on elements that are added
 * later.
 * @template {keyof HTMLElementEventMap} T
 * @param {T} type
 * @param {(target: Target, event: HTMLElementEventMap[T]) => void} listener
 */
export function on(type, listener) {
  addEventListener(type, (event) => {
    // Events also happen on the document and, while dragging, on text nodes, which are not
    // elements.
    const { target } = event;
    if (target instanceof Element) {
      listener(/** @type {Target} */ (target), /** @type {HTMLElementEventMap[T]} */ (event));
    }
  });
}

/**
 * Parses an HTML response of the server into a document.
 * @param {string} html
 */
export const parsePage = (html) => new DOMParser().parseFromString(html, 'text/html');
