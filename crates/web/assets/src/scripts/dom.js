/** Finding elements and listening to them, with types. */

/** @typedef {HTMLElement & Partial<HTMLInputElement>} Target An element that may be a control. */

/**
 * The first element that matches, or null.
 * @template {HTMLElement} [E=HTMLElement]
 * @param {string} selector
 * @param {ParentNode} [root]
 * @returns {E | null}
 */
export const find = (selector, root = document) => root.querySelector(selector);

/**
 * All elements that match, in the order of the page.
 * @template {HTMLElement} [E=HTMLElement]
 * @param {string} selector
 * @param {ParentNode} [root]
 * @returns {E[]}
 */
export const findAll = (selector, root = document) => [
  .../** @type {NodeListOf<E>} */ (root.querySelectorAll(selector)),
];

/**
 * Listens to events of one type on every element of the page, also on those that come later.
 * @template {keyof HTMLElementEventMap} T
 * @param {T} type
 * @param {(target: Target, event: HTMLElementEventMap[T]) => void} listener
 */
export function on(type, listener) {
  addEventListener(type, (event) => {
    // Events also happen on the document and, when dragging, on text.
    const { target } = event;
    if (target instanceof Element) {
      listener(/** @type {Target} */ (target), /** @type {HTMLElementEventMap[T]} */ (event));
    }
  });
}

/**
 * Reads an answer of the server as a page.
 * @param {string} html
 */
export const parsePage = (html) => new DOMParser().parseFromString(html, 'text/html');
