/** Form data without files, ready to be sent urlencoded. */

/**
 * The fields of a form that hold text.
 * @param {FormData} data
 */
export const textFields = (data) =>
  new URLSearchParams(
    /** @type {[string, string][]} */ ([...data].filter(([, value]) => typeof value === 'string')),
  );
