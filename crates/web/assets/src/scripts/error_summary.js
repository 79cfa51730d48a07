/** Moves the focus to the summary of the errors, if the page has one. */
import { find } from './dom.js';

find('[data-error-summary]')?.focus();
