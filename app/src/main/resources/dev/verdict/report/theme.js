// Runs before the first paint, so that a remembered theme does not flash.
(() => {
  try {
    const theme = localStorage.getItem('verdict-theme');
    if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
  } catch (e) {
    // Storage may be forbidden on file: pages; the system's theme is used then.
  }
})();
