/** Shows the name of a chosen file that waits for the button of its form. */
import { find, on } from './dom.js';

on('change', (target) => {
  /** @type {HTMLElement | null} */
  const box = target.closest('.drop:not([data-upload])');
  const output = target.type === 'file' && box && find('output', box);
  if (output) output.textContent = target.files?.[0]?.name ?? '';
});
