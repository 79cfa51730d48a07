/** Submits a form with Ctrl+Enter or Command+Enter, from any of its fields. */
import { on } from './dom.js';

on('keydown', ({ form }, { key, ctrlKey, metaKey }) => {
  if (key === 'Enter' && (ctrlKey || metaKey)) form?.requestSubmit();
});
