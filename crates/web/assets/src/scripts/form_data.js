/** Form data without files, ready to be sent URL-encoded. */

/**
 * The text fields of a form, without its files.
 * @param {FormData} data
 */
export const textFields = (data) =>
  new URLSearchParams(
    /** @type {[string, string][]} */ ([...data].filter(([, value]) => typeof value === 'string')),
  );
