// The colours chosen last time, or those of the device, before anything is painted.
"use strict";

(() => {
  const remembered = __md_get("__palette");
  if (!remembered || !remembered.color) return;
  const color = remembered.color;
  if (color.media === "(prefers-color-scheme)") {
    const kind = matchMedia("(prefers-color-scheme: light)").matches ? "light" : "dark";
    const input = document.querySelector(`[data-md-color-media='(prefers-color-scheme: ${kind})']`);
    for (const part of ["media", "scheme", "primary", "accent"]) {
      color[part] = input.getAttribute("data-md-color-" + part);
    }
  }
  for (const [part, value] of Object.entries(color)) document.body.setAttribute("data-md-color-" + part, value);
})();
