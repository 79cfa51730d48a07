/** Marks the table row that was used last. */
import { findAll, on } from './dom.js';

on('focusin', (target) => {
  const row = target.closest('.tbl tbody tr[id]');
  if (row) {
    for (const active of findAll('tr.active')) active.classList.remove('active');
    row.classList.add('active');
  }
});
