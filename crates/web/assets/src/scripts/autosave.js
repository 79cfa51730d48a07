/**
 * Saves drafts of choices: two seconds after the last change, and when the reader leaves the page.
 */
import { find, on } from './dom.js';
import { textFields } from './form_data.js';

const AUTOSAVE_PAUSE_MS = 2000;
/** The status of the response to a draft that was not saved; the response says why. */
const REFUSED = 422;

/** @type {HTMLFormElement | null} The form with changes that are not saved. */
let unsaved = null;
/** @type {number | undefined} */
let saveTimer;

/**
 * Saves a form after a pause, if the form saves itself (`data-autosave`).
 * @param {HTMLFormElement | null} [form]
 */
export function scheduleSave(form) {
  if (form?.dataset.autosave) {
    unsaved = form;
    clearTimeout(saveTimer);
    saveTimer = setTimeout(save, AUTOSAVE_PAUSE_MS);
  }
}

/**
 * @param {boolean} [isLeaving] Whether the reader leaves the page: then the request must outlive
 * it.
 */
async function save(isLeaving = false) {
  const form = unsaved;
  forget();
  if (!form) return;
  /** @param {string} message */
  const report = (message) => {
    const status = find('#saved');
    if (status) status.textContent = message;
  };
  try {
    const response = await fetch(form.dataset.autosave ?? '', {
      method: 'POST',
      body: textFields(new FormData(form)),
      headers: { 'X-Partial': 'saved' },
      keepalive: isLeaving,
      redirect: 'error',
    });
    const isRefused = response.status === REFUSED;
    if (isRefused) unsaved = form;
    else if (!response.ok) throw response;
    if (!isLeaving) report(await response.text());
  } catch {
    unsaved = form;
    report(form.dataset.notSaved ?? '');
  }
}

function forget() {
  unsaved = null;
  clearTimeout(saveTimer);
}

for (const type of /** @type {const} */ (['input', 'change'])) {
  on(type, ({ type: control, form }) => {
    // A file needs no autosave: it is uploaded at once or with the form.
    if (control !== 'file') scheduleSave(form);
  });
}
on('submit', forget);
addEventListener('pagehide', () => save(true));
