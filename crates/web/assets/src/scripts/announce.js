/** Announces messages to screen readers. */
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
 * Puts a message into the live region, which is created when it is needed first.
 * @param {string | null} message
 */
export function announce(message) {
  const region = find('#live') || createRegion();
  // Only a change is announced: the same message twice needs an empty region in between.
  region.textContent = '';
  setTimeout(() => {
    region.textContent = message;
  }, ANNOUNCE_PAUSE_MS);
}
