// Colours: automatic, light or dark. Runs in the head, so that the right colours stand before the first paint.
(function () {
  "use strict";
  const KEY = "peercourse.theme";
  const ORDER = ["automatic", "light", "dark"];
  const root = document.documentElement;

  function kept() {
    try {
      const value = localStorage.getItem(KEY);
      return ORDER.includes(value) ? value : "automatic";
    } catch {
      return "automatic"; // storage is off; the choice then lasts for this page
    }
  }

  function show(theme) {
    if (theme === "automatic") delete root.dataset.theme;
    else root.dataset.theme = theme;
  }

  function keep(theme) {
    try {
      if (theme === "automatic") localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, theme);
    } catch {
      // as above
    }
  }

  let theme = kept();
  show(theme);

  document.addEventListener("DOMContentLoaded", function () {
    const button = document.querySelector(".theme-switch");
    if (!button) return;
    const word = button.querySelector(".chosen");
    const words = {automatic: word.textContent, ...button.dataset};
    word.textContent = words[theme];
    button.hidden = false;
    button.addEventListener("click", function () {
      theme = ORDER[(ORDER.indexOf(theme) + 1) % ORDER.length];
      show(theme);
      keep(theme);
      word.textContent = words[theme];
    });
  });
})();
