/** Marks the page as one with a script, for the styles. */
document.documentElement.classList.add('js');
