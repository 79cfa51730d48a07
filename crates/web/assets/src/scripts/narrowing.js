/**
 * Narrows the list of catalogue rows in the choice form: a changed select box (platform, exam form
 * or type) asks the server for the rows that fit.
 */
import { scheduleSave } from './autosave.js';
import { find, on } from './dom.js';
import { showGuide } from './guide.js';
import { swap } from './swap.js';

on('change', async (target) => {
  /** @type {HTMLElement | null} */
  const box = target.closest('[data-narrow]');
  if (!box || !target.form || target.tagName !== 'SELECT') return;
  await swap(target.form, '#rule', find('[data-narrow-go]', box));
  /** @type {HTMLSelectElement | null} */
  const platform = find('#n-platform');
  showGuide(find('#rule [data-topic]:checked')?.dataset.topic || platform?.value);
  scheduleSave(find('#choice'));
});
