/** Shows and hides the typed password of a password field. */
import { find, on } from './dom.js';

on('click', (target) => {
  /** @type {HTMLElement | null} */
  const button = target.closest('[data-reveal]');
  if (!button) return;
  const field = /** @type {HTMLInputElement} */ (find(button.dataset.reveal ?? ''));
  const isShown = field.type === 'password';
  field.type = isShown ? 'text' : 'password';
  button.setAttribute('aria-pressed', String(isShown));
});
