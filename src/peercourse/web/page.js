// The list of contents on narrow screens. Without this script it opens and closes by its links (:target).
(function () {
  "use strict";

  document.addEventListener("DOMContentLoaded", function () {
    const contents = document.getElementById("contents");
    const link = document.querySelector(".open-contents");
    if (!contents || !link) return;
    const open = asButton(link, "contents");
    const close = asButton(contents.querySelector(".close-contents"));
    const rest = document.querySelectorAll(".site-header, .middle, .on-this-page, .site-footer, .skip-link");

    function set(shown) {
      document.documentElement.classList.toggle("contents-shown", shown);
      open.setAttribute("aria-expanded", String(shown));
      rest.forEach((part) => (part.inert = shown));
      (shown ? close : open).focus();
    }

    open.setAttribute("aria-expanded", "false");
    open.addEventListener("click", () => set(true));
    close.addEventListener("click", () => set(false));
    contents.addEventListener("keydown", function (event) {
      if (event.key === "Escape" && open.getAttribute("aria-expanded") === "true") set(false);
    });
    // On a window made wider the list stands beside the text again.
    matchMedia("(min-width: 60em)").addEventListener("change", function () {
      if (open.getAttribute("aria-expanded") === "true") set(false);
    });
  });

  function asButton(link, controls) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = link.className;
    button.textContent = link.textContent;
    if (controls) button.setAttribute("aria-controls", controls);
    link.replaceWith(button);
    return button;
  }
})();
