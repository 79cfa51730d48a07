/**
 * The menu of the signed-in person: Escape and a click elsewhere close it, as in other programs.
 * Without this script, its summary closes it.
 */
import { find, on } from './dom.js';

const OPEN = 'details.menu[open]';

on('keydown', (_target, { key }) => {
  const menu = key === 'Escape' && find(OPEN);
  if (!menu) return;
  menu.removeAttribute('open');
  find('summary', menu)?.focus();
});

on('click', (target) => {
  if (!target.closest(OPEN)) find(OPEN)?.removeAttribute('open');
});
