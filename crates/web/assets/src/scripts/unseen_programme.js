/** Asks once before a choice is sent whose preselected programme was not on the screen yet. */
import { announce } from './announce.js';
import { find, findAll, on } from './dom.js';

/** Height in pixels of the bar with the buttons, which can cover the lower edge of the window. */
const BAR = find('.bar.form')?.offsetHeight ?? 0;

/** Key of the programmes in the storage of the window that were on the screen or asked about. */
const KEY = 'seenProgrammes';

/**
 * The ids of the programmes that were on the screen or asked about; none without storage. The next
 * person in the same window, who signs in on a page without a personal menu, begins anew.
 */
const seen = (() => {
  try {
    if (!find('.menu')) delete sessionStorage[KEY];
    return new Set(sessionStorage[KEY]?.split(' '));
  } catch {
    return new Set();
  }
})();

/** @type {HTMLInputElement[]} The programmes that nobody has chosen yet. */
const preselected = findAll('[data-programmes=preselected] :checked');

/** The programmes that were not on the screen yet. */
const unseen = new Set(preselected.filter(({ value }) => !seen.has(value)));

/**
 * Remembers that a programme needs no question, also on the next page after an error.
 * @param {HTMLInputElement} programme
 */
function markSeen(programme) {
  unseen.delete(programme);
  seen.add(programme.value);
  try {
    sessionStorage[KEY] = [...seen].join(' ');
  } catch {
    // Without storage the question can be asked again after an error.
  }
}

const screen = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) markSeen(/** @type {HTMLInputElement} */ (target));
    }
  },
  { rootMargin: `0px 0px -${BAR}px` },
);
for (const programme of unseen) screen.observe(programme);

/**
 * Whether a programme is on the screen now: the observer reports it a moment later.
 * @param {HTMLElement} programme
 */
const isVisible = (programme) => {
  const { top, bottom } = programme.getBoundingClientRect();
  return top >= 0 && bottom <= innerHeight - BAR;
};

on('submit', (form, event) => {
  const question = find('#look');
  const isSent =
    !event.submitter?.hasAttribute('formaction') &&
    find('[name=rule]:is(:checked, [type=hidden])', form);
  const [programme] = [...unseen].filter((one) => one.matches(':checked') && !isVisible(one));
  if (!question || !isSent || !programme) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  markSeen(programme);
  question.hidden = false;
  announce(question.textContent);
  programme.setAttribute('aria-describedby', question.id);
  // The bar is below the screen of a phone, so the question moves to the programme.
  programme.closest('[data-programmes]')?.prepend(question);
  programme.focus({ preventScroll: true });
  question.scrollIntoView({ block: 'center' });
});
