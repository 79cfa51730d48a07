/** Ticking rows: all of a block at once, a range with Shift, and the number of the ticked ones. */
import { findAll, on } from './dom.js';

/** @type {HTMLInputElement | undefined} The box that was clicked last, one end of a range. */
let lastClicked;

/** @returns {HTMLInputElement[]} */
const checkboxes = () => findAll('input[type=checkbox][data-pick]');

/**
 * The boxes that a box for all of them governs: those of its block, or every one.
 * @param {HTMLElement} governor
 */
const governedBy = ({ dataset: { all } }) =>
  checkboxes().filter((box) => !all || box.dataset.pick === all);

/** Counts the ticked rows and shows the bar for them only while there is one. */
export function updateSelection() {
  const selected = checkboxes().filter((box) => box.checked).length;
  for (const counter of findAll('[data-count]')) counter.textContent = String(selected);
  for (const bar of findAll('[data-when-picked]')) bar.hidden = !selected;
  /** @type {HTMLInputElement[]} */
  const governors = findAll('[data-all]');
  for (const governor of governors) {
    const boxes = governedBy(governor);
    const ticked = boxes.filter((box) => box.checked).length;
    governor.checked = ticked > 0 && ticked === boxes.length;
    governor.indeterminate = ticked > 0 && ticked < boxes.length;
  }
}

/**
 * Gives all boxes between the last clicked one and this one the state of this one.
 * @param {HTMLInputElement} box
 */
function tickRange(box) {
  const boxes = checkboxes();
  const ends = [lastClicked, box].map((end) => boxes.indexOf(/** @type {typeof box} */ (end)));
  for (const between of boxes.slice(Math.min(...ends), Math.max(...ends) + 1)) {
    between.checked = box.checked;
  }
}

on('click', (target, { shiftKey }) => {
  if (target.type !== 'checkbox') return;
  const box = /** @type {HTMLInputElement} */ (target);
  if ('all' in box.dataset) for (const governed of governedBy(box)) governed.checked = box.checked;
  if ('pick' in box.dataset) {
    if (shiftKey && lastClicked) tickRange(box);
    lastClicked = box;
  }
  updateSelection();
});

updateSelection();
// A browser may restore ticks when one goes back.
addEventListener('pageshow', updateSelection);
