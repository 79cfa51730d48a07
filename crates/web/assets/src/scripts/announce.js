/** Announces messages of a page to screen readers. */
import { find } from './dom.js';

const ANNOUNCE_PAUSE_MS = 50;

function createRegion() {
  const region = document.createElement('div');
  region.id = 'live';
  region.className = 'vh';
  region.role = 'status';
  return document.body.appendChild(region);
}

/**
 * Puts a message into the page's live region for screen readers, which is created when it is needed
 * first.
 * @param {string | null} message
 */
export function announce(message) {
  const region = find('#live') || createRegion();
  // Screen readers announce only a change: to repeat the same message, the region must be empty in
  // between.
  region.textContent = '';
  setTimeout(() => {
    region.textContent = message;
  }, ANNOUNCE_PAUSE_MS);
}
