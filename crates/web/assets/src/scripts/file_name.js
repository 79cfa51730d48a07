/** Shows the name of a selected file that is not uploaded before its form is submitted. */
import { find, on } from './dom.js';

on('change', (target) => {
  /** @type {HTMLElement | null} */
  const box = target.closest('.drop:not([data-upload])');
  const output = target.type === 'file' && box && find('output', box);
  if (output) output.textContent = target.files?.[0]?.name ?? '';
});
