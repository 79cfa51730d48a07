/** Asks once before a choice is sent whose preselected programme was not on the screen yet. */
import { announce } from './announce.js';
import { find, findAll, on } from './dom.js';

/** Height in pixels of the bar with the buttons, which can cover the lower edge of the window. */
const BAR = find('.bar.form')?.offsetHeight ?? 0;

/** The ids of the programmes that were on the screen or asked about, in one text. */
let seen = '';
try {
  // The next person in the same window signs in on a page without a personal menu.
  if (!find('.menu')) delete sessionStorage.seen;
  seen += sessionStorage.seen;
} catch {
  // Without storage the question can be asked again after an error.
}

/** @type {HTMLInputElement[]} The programmes that nobody has chosen yet. */
const preselected = findAll('[data-programmes=preselected] :checked');

/** The programmes that were not on the screen yet. */
const unseen = new Set(preselected.filter(({ value }) => !seen.includes(value)));

/**
 * Remembers that a programme needs no question, also on the next page after an error.
 * @param {HTMLInputElement} programme
 */
function markSeen(programme) {
  unseen.delete(programme);
  seen += programme.value;
  try {
    sessionStorage.seen = seen;
  } catch {
    // As above.
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
