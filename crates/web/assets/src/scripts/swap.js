/**
 * Replaces one region of the page by the server's response to a form.
 *
 * A form `<form data-swap="#id">` does so when it is submitted, `<form data-live="#id">` while the
 * reader types.
 */
import { announce } from './announce.js';
import { find, findAll, on, parsePage } from './dom.js';
import { textFields } from './form_data.js';
import { showKeysSetting } from './queue_keys.js';
import { updateSelection } from './selection.js';

const TYPING_PAUSE_MS = 200;

/** @type {AbortController | undefined} */
let request;
/** @type {number | undefined} */
let typingTimer;

/**
 * Sends a form and replaces a region of the page by the response, or shows on the page why that is
 * not possible.
 * @param {HTMLFormElement} form
 * @param {string} selector
 * @param {HTMLElement | null} [submitter]
 */
export async function swap(form, selector, submitter) {
  const isGet = form.method === 'get';
  const fields = textFields(new FormData(form, submitter));
  // `submitter.formAction` is the address of the page if the button has no attribute `formaction`,
  // so the attribute is read.
  const action = submitter?.getAttribute('formaction') ?? form.getAttribute('action') ?? '';
  const url = new URL(action, location.href);
  if (isGet) url.search = String(fields);
  request?.abort();
  request = new AbortController();
  const region = /** @type {HTMLElement} */ (find(selector));
  region.setAttribute('aria-busy', 'true');
  try {
    const response = await fetch(url, {
      method: form.method,
      body: isGet ? null : fields,
      signal: request.signal,
      headers: { 'X-Partial': selector.slice(1) },
    });
    const page = parsePage(await response.text());
    const fresh = find(selector, page);
    if (fresh) {
      replaceRegion(region, fresh, isGet);
      if (isGet) history.replaceState(null, '', url);
    } else if (response.redirected) {
      location.assign(response.url);
    } else {
      reportFailure(region, find('h1', page)?.textContent);
    }
  } catch (error) {
    // The request failed: another request has replaced it, or the network is down.
    if (/** @type {Error} */ (error).name !== 'AbortError') reportFailure(region);
  }
}

/**
 * Gives up replacing a region of the page, because the reader has gone on working in it.
 * @param {string} selector
 */
export function cancelSwap(selector) {
  request?.abort();
  find(selector)?.removeAttribute('aria-busy');
}

/**
 * Replaces a region of the page by a new one, opens the same `<details>` as before, and preserves
 * the focus.
 * @param {HTMLElement} region
 * @param {HTMLElement} fresh
 * @param {boolean} isGet
 */
function replaceRegion(region, fresh, isGet) {
  const active = /** @type {HTMLInputElement} */ (document.activeElement ?? document.body);
  const { id, selectionStart } = active;
  /** @type {HTMLDetailsElement[]} */
  const oldDetails = findAll('details[id]', region);
  for (const details of oldDetails) {
    find(`#${details.id}`, fresh)?.toggleAttribute('open', details.open);
  }
  region.replaceWith(fresh);
  showKeysSetting(fresh);
  const same = /** @type {HTMLInputElement | null} */ (document.getElementById(id));
  if (!isGet) {
    (find('[data-focus]', fresh) || same || find('[data-row]', fresh) || fresh).focus();
  } else if (same) {
    same.focus({ preventScroll: true });
    try {
      same.setSelectionRange(selectionStart, selectionStart);
    } catch {
      // Only text fields have a cursor position; other fields throw an error.
    }
  }
  find('#net')?.setAttribute('hidden', '');
  const message = find('[data-say]', fresh);
  if (message) announce(message.textContent);
  updateSelection();
}

/**
 * Reports a failed request: the page stays with everything typed, and shows the server's message or
 * that the server did not answer.
 * @param {HTMLElement} region
 * @param {string | null} [reason]
 */
function reportFailure(region, reason) {
  region.removeAttribute('aria-busy');
  const notice = find('#net');
  if (!notice) return;
  if (reason) notice.textContent = reason;
  notice.hidden = false;
  notice.focus();
}

on('submit', (target, event) => {
  const selector = target.dataset.swap;
  if (selector && find(selector)) {
    event.preventDefault();
    swap(/** @type {HTMLFormElement} */ (target), selector, event.submitter);
  }
});

on('input', ({ form }) => {
  const selector = form?.dataset.live;
  if (selector) {
    clearTimeout(typingTimer);
    typingTimer = setTimeout(() => swap(form, selector), TYPING_PAUSE_MS);
  }
});
