/**
 * Keyboard shortcuts of the review queue: they work while the focus is in the queue or nowhere, as
 * after the page was loaded, and never in a field. A switch turns them off (WCAG 2.1.4).
 */
import { find, findAll, on } from './dom.js';

// The shortcuts use physical keys, so that they also work with Kazakh and Russian keyboard layouts.
/** @type {Record<string, number>} */
const STEPS = { KeyJ: 1, KeyK: -1, ArrowDown: 1, ArrowUp: -1 };

/** Whether the keyboard shortcuts are off; they are on if the browser forbids storage. */
function areKeysOff() {
  try {
    return localStorage.keysOff === '1';
  } catch {
    return false;
  }
}

/**
 * Shows in the check boxes below `root` whether the keyboard shortcuts are off.
 * @param {ParentNode} [root]
 */
export function showKeysSetting(root) {
  /** @type {HTMLInputElement[]} */
  const boxes = findAll('[data-keys-off]', root);
  for (const box of boxes) box.checked = areKeysOff();
}

/**
 * Whether a pressed key belongs to a form field or to the browser and is no shortcut.
 * @param {import('./dom.js').Target} target
 * @param {KeyboardEvent} event
 */
const isTaken = ({ tagName, type = '' }, { ctrlKey, metaKey, altKey }) =>
  ctrlKey ||
  metaKey ||
  altKey ||
  /^(textarea|select)$/i.test(tagName) ||
  /^(text|search|radio)$/.test(type);

/**
 * Opens the form that returns the submitted choice of this queue row, with the cursor in the
 * reason.
 * @param {HTMLElement} row
 */
function startReturning(row) {
  const details = /** @type {HTMLDetailsElement} */ (find('details', row));
  details.open = true;
  find('textarea', details)?.focus();
}

on('change', ({ dataset, checked }) => {
  if (!('keysOff' in dataset)) return;
  try {
    localStorage.keysOff = checked ? '1' : '0';
  } catch {
    // Without storage the setting of the shortcuts is valid for this page only.
  }
});

on('keydown', (target, event) => {
  /** @type {HTMLElement | null} */
  const queue =
    target.closest('[data-keys]') ??
    (/^(body|main)$/i.test(target.tagName) ? find('[data-keys]') : null);
  if (!queue || areKeysOff() || isTaken(target, event)) return;
  /** @type {HTMLElement | null} */
  const row = target.closest('[data-row]');
  const { code } = event;
  if (STEPS[code]) {
    const rows = findAll('[data-row]', queue);
    const next = rows.indexOf(/** @type {HTMLElement} */ (row)) + STEPS[code];
    rows[Math.max(0, Math.min(rows.length - 1, next))]?.focus();
  } else if (!row) {
    return;
  } else if (code === 'KeyX') {
    find('[data-pick]', row)?.click();
  } else if (code === 'KeyA') {
    find('[data-act=approve]', row)?.click();
  } else if (code === 'KeyR') {
    startReturning(row);
  } else if (code === 'Enter' && target === row) {
    find('a', row)?.click();
  } else {
    return;
  }
  event.preventDefault();
});

showKeysSetting();
