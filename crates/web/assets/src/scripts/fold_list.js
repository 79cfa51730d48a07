/** Folds the list of rows in the choice form when a row is selected with a pointer. */
import { find, on } from './dom.js';

/** Whether the reader used a pointer last, such as a mouse, and not the keyboard. */
let usesPointer = false;
on('pointerdown', () => {
  usesPointer = true;
});
on('keydown', () => {
  usesPointer = false;
});

/**
 * Folds the list of rows, so that the selected row and the programme are on one screen. With the
 * keyboard the list stays open, because the arrow keys go through its rows.
 */
export function foldList() {
  const list = /** @type {HTMLDetailsElement | null} */ (find('#rule .fold'));
  if (!usesPointer || !list?.open) return;
  list.open = false;
  find('#rule')?.scrollIntoView();
}
