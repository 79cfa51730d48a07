/** Uploads a programme document as soon as its file is selected or dropped. */
import { announce } from './announce.js';
import { scheduleSave } from './autosave.js';
import { showChosen } from './chosen.js';
import { find, on, parsePage } from './dom.js';

/**
 * Uploads a programme file and replaces the list of programmes by the server's response. Uses
 * XMLHttpRequest, because `fetch` does not report progress.
 * @param {HTMLElement} box
 * @param {File} file
 */
function upload(box, file) {
  const { dataset } = box;
  const bar = /** @type {HTMLProgressElement} */ (find('progress', box));
  const output = /** @type {HTMLOutputElement} */ (find('output', box));
  const region = /** @type {HTMLElement} */ (box.closest('[data-programmes]'));
  let announced = 0;

  /** @param {string} [reason] */
  const fail = (reason = '') => {
    bar.hidden = true;
    output.textContent = reason;
    output.className = 'err';
    announce(reason);
  };
  if (file.size > Number(dataset.limit)) return fail(dataset.large);

  bar.hidden = false;
  bar.value = 0;
  output.textContent = file.name;
  output.className = 'hint';
  const request = new XMLHttpRequest();
  request.upload.onprogress = ({ lengthComputable, loaded, total }) => {
    if (!lengthComputable) return;
    bar.value = loaded / total;
    const quarters = Math.floor(bar.value * 4);
    if (quarters > announced) {
      announced = quarters;
      announce(`${quarters * 25} %`);
    }
  };
  request.onload = () => {
    bar.hidden = true;
    const fresh = parsePage(request.responseText).getElementById(region.id);
    if (fresh) replaceProgrammes(region, fresh, file.name);
    else fail(request.status === 413 ? dataset.large : dataset.fail);
  };
  request.onerror = () => fail(dataset.fail);
  request.open('POST', dataset.upload ?? '');
  request.setRequestHeader('X-Partial', region.id);
  request.send(fieldsOf(box, region, file));
}

/**
 * The form fields that the server needs beside the uploaded file.
 * @param {HTMLElement} box
 * @param {HTMLElement} region
 * @param {File} file
 */
function fieldsOf({ dataset }, region, file) {
  const data = new FormData();
  data.append('csrf', dataset.csrf ?? '');
  data.append('discipline', dataset.discipline ?? '');
  // A heading `h3` in the list of programmes shows that the choice form is about several
  // disciplines.
  data.append('many', find('h3', region) ? '1' : '');
  data.append('file', file);
  return data;
}

/**
 * Replaces the list of programmes by the new one. The selected programme stays selected unless the
 * server has selected another.
 * @param {HTMLElement} region
 * @param {HTMLElement} fresh
 * @param {string} fileName
 */
function replaceProgrammes(region, fresh, fileName) {
  const checked = 'input[type=radio]:checked';
  /** @type {HTMLInputElement | null} */
  const picked = find(checked, region);
  region.replaceWith(fresh);
  if (picked && !find(checked, fresh)) {
    /** @type {HTMLInputElement | null} */
    const same = find(`input[value="${picked.value}"]`, fresh);
    if (same) same.checked = true;
  }
  showChosen();
  announce(find('[data-say]', fresh)?.textContent || fileName);
  find('input[type=file]', fresh)?.focus();
  scheduleSave(fresh.closest('form'));
}

/**
 * The upload box around an element, if files dropped into that box are uploaded at once.
 * @param {HTMLElement} target
 * @returns {HTMLElement | null}
 */
const uploadBoxOf = (target) => target.closest('[data-upload]');

on('change', (target) => {
  const box = uploadBoxOf(target);
  if (box && target.type === 'file' && target.files?.[0]) {
    upload(box, target.files[0]);
    // Clear the file field, so that the same file can be selected again.
    target.value = '';
  }
});

for (const type of /** @type {const} */ (['dragover', 'dragleave', 'drop'])) {
  on(type, (target, event) => {
    const box = uploadBoxOf(target);
    if (!box) return;
    event.preventDefault();
    box.classList.toggle('over', type === 'dragover');
    const file = event.dataTransfer?.files[0];
    if (type === 'drop' && file) upload(box, file);
  });
}
