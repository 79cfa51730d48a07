/** Sends the form of the choice urlencoded when no file is chosen in it. */
import { findAll, on } from './dom.js';

on('submit', (target) => {
  const form = /** @type {HTMLFormElement} */ (target);
  /** @type {HTMLInputElement[]} */
  const fileInputs = findAll('input[type=file]', form);
  if (form.id === 'choice' && !fileInputs.some(({ files }) => files?.length)) {
    form.enctype = 'application/x-www-form-urlencoded';
  }
});
