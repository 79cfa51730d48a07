/**
 * Keeps the three fields of the choice form (platform, exam form, type) and the selected catalogue
 * row in agreement: a selected row fills in the fields, and three filled fields select their row. A
 * changed field also asks the server for the list of rows that fit.
 */
import { scheduleSave } from './autosave.js';
import { showChosen } from './chosen.js';
import { find, findAll, on } from './dom.js';
import { foldList } from './fold_list.js';
import { showGuide } from './guide.js';
import { cancelSwap, swap } from './swap.js';

/**
 * The names of the fields whose values come from a selected row. These values give way to what the
 * reader picks.
 * @type {Set<string>}
 */
const taken = new Set();

/**
 * The three fields, in the order of the codes of a row.
 * @returns {HTMLSelectElement[]}
 */
const fields = () => findAll('[data-narrow] select');
/**
 * The rows that are listed at present.
 * @returns {HTMLInputElement[]}
 */
const listedRows = () => findAll('#rule [name=rule]');
const selectedRow = () => listedRows().find((row) => row.checked);
/** @param {HTMLElement} row */
const codesOf = (row) => row.dataset.codes ?? '';
/** The codes of all rows that can be chosen, also of those that are not listed at present. */
const allCodes = () => (find('[data-narrow]')?.dataset.rows ?? '').split(',');

/**
 * Whether a row has the values of the fields. Empty fields fit every row.
 * @param {string} codes The codes of the row.
 * @param {Set<string>} yielding The names of the fields whose values do not count.
 */
const fits = (codes, yielding) =>
  fields().every(
    ({ name, value }, index) => !value || yielding.has(name) || value === codes.split(' ')[index],
  );

/**
 * Shows the values of a row in the fields.
 * @param {string} codes
 * @param {string} [cleared] The name of a field that the reader has just cleared: it stays empty.
 */
function fillFields(codes, cleared) {
  fields().forEach((field, index) => {
    const code = codes.split(' ')[index] ?? '';
    if (field.value !== code && field.name !== cleared) {
      field.value = code;
      taken.add(field.name);
    }
  });
}

/**
 * Shows the values of the selected row in the fields, unless the reader picked other values.
 * @param {string} [cleared]
 */
function showSelectedRow(cleared) {
  const row = selectedRow();
  if (row && fits(codesOf(row), taken)) fillFields(codesOf(row), cleared);
}

/**
 * Makes the selected row agree with a field that the reader has changed. This does not wait for the
 * server, because the reader may send the form at once.
 *
 * If the row no longer fits, it is no longer selected. Of its values, those of the fields before
 * the changed one stay if they fit, because form and type depend on the platform, and the type on
 * the form.
 * @param {string} changed The name of the changed field.
 */
function agree(changed) {
  taken.delete(changed);
  const row = selectedRow();
  if (row && fits(codesOf(row), taken)) return;
  if (row) row.checked = false;
  const yielding = new Set(taken);
  let isBefore = true;
  for (const field of fields()) {
    if (field.name === changed) isBefore = false;
    if (!yielding.delete(field.name)) continue;
    if (isBefore && allCodes().some((codes) => fits(codes, yielding))) continue;
    field.value = '';
    taken.delete(field.name);
  }
  const filled = fields().map(({ value }) => value);
  const named = listedRows().find((listed) => codesOf(listed) === filled.join(' '));
  if (named) named.checked = true;
}

/**
 * Asks the server for the rows that fit the fields. If a row is selected, the values that come from
 * it do not narrow the list.
 * @param {HTMLFormElement} form
 * @param {HTMLElement} box
 */
function narrow(form, box) {
  const unsent = selectedRow() ? fields().filter(({ name }) => taken.has(name)) : [];
  // Disabled fields are not sent.
  for (const field of unsent) field.disabled = true;
  const answered = swap(form, '#rule', find('[data-narrow-go]', box));
  for (const field of unsent) field.disabled = false;
  return answered;
}

on('change', async (target) => {
  const { form, name = '', value } = target;
  if (name === 'rule' && target.closest('#rule')) {
    // The rows of the list stay, because the reader has selected one of them.
    cancelSwap('#rule');
    fillFields(codesOf(target));
    foldList();
  }
  /** @type {HTMLElement | null} */
  const box = target.closest('[data-narrow]');
  if (!box || !form || target.tagName !== 'SELECT') return;
  agree(name);
  await narrow(form, box);
  showSelectedRow(value ? undefined : name);
  showChosen();
  /** @type {HTMLSelectElement | null} */
  const platform = find('#n-platform');
  showGuide(selectedRow()?.dataset.topic || platform?.value);
  scheduleSave(find('#choice'));
});

/** Shows the row that is selected when the page opens. */
function begin() {
  showSelectedRow();
  const row = selectedRow();
  const filled = fields().map(({ value }) => value);
  if (row && codesOf(row) === filled.join(' ')) {
    for (const { name } of fields()) taken.add(name);
  }
  showChosen();
}

begin();
// A browser that goes back to the page may select a row again after the scripts ran.
addEventListener('pageshow', begin);
