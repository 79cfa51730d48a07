/** Sends the choice form URL-encoded when no file is selected in it. */
import { findAll, on } from './dom.js';

on('submit', (target) => {
  const form = /** @type {HTMLFormElement} */ (target);
  /** @type {HTMLInputElement[]} */
  const fileInputs = findAll('input[type=file]', form);
  if (form.id === 'choice' && !fileInputs.some(({ files }) => files?.length)) {
    form.enctype = 'application/x-www-form-urlencoded';
  }
});
