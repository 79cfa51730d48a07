/**
 * Check boxes of rows: ticking all rows of a block at once, ticking a range with Shift, and
 * counting the ticked rows.
 */
import { findAll, on } from './dom.js';

/** @type {HTMLInputElement | undefined} The check box that was clicked last, one end of a range. */
let lastClicked;

/** @returns {HTMLInputElement[]} */
const checkboxes = () => findAll('input[type=checkbox][data-pick]');

/**
 * The check boxes that a "select all" box controls: those of its block, or all on the page.
 * @param {HTMLElement} governor
 */
const governedBy = ({ dataset: { all } }) =>
  checkboxes().filter((box) => !all || box.dataset.pick === all);

/** Counts the ticked rows and shows the bar with their buttons only while a row is ticked. */
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
 * Gives all check boxes between the last clicked box and this box the state of this box.
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
// A browser may restore ticked boxes when the reader goes back to the page.
addEventListener('pageshow', updateSelection);
