/** Marks the page with the class `js`, so that the style sheet knows that scripts run. */
document.documentElement.classList.add('js');
