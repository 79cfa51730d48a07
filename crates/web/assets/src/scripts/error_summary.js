/** Moves the focus to the summary of a form's errors, if the page has one. */
import { find } from './dom.js';

find('[data-error-summary]')?.focus();
