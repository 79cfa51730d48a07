/** Names the selected exam and programmes in the bar with the buttons of the choice form. */
import { find, findAll, on } from './dom.js';

/** Shows the present selection in the bar. */
export function showChosen() {
  const bar = find('#bar-exam');
  if (!bar) return;
  bar.textContent = find('#rule [name=rule]:checked')?.dataset.exam ?? '';
  const names = findAll('[data-programmes] :checked ~ label b').map((name) => name.textContent);
  const programmes = /** @type {HTMLElement} */ (find('#bar-programme'));
  programmes.textContent = names.join('; ');
}

on('change', showChosen);
