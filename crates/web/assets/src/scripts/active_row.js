/**
 * Marks the table row that was clicked or has the focus. A click also moves the focus to the button
 * of the row.
 */
import { find, findAll, on } from './dom.js';

/** @param {import('./dom.js').Target} target */
const rowOf = (target) => target.closest('.tbl tbody tr[id]');

on('focusin', (target) => {
  const row = rowOf(target);
  if (row) {
    for (const active of findAll('tr.active')) active.classList.remove('active');
    row.classList.add('active');
  }
});

on('click', (target) => {
  const row = rowOf(target);
  // Selected text is to be copied, and controls have a click of their own.
  if (row && !target.closest('a,button,input,label,summary') && getSelection()?.isCollapsed) {
    find('a.btn,button', row)?.focus();
  }
});
