// A table that is wider than the screen scrolls in a box that the theme puts around it. The keyboard must reach that box.
"use strict";

(() => {
  const reach = (box) => {
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
  };
  const resized = new ResizeObserver((entries) => entries.forEach(({target}) => reach(target)));
  const seen = new WeakSet();
  const look = () => {
    for (const box of document.querySelectorAll(".md-typeset__scrollwrap")) {
      if (seen.has(box)) continue;
      seen.add(box);
      reach(box);
      resized.observe(box);
    }
  };
  new MutationObserver(look).observe(document.body, {childList: true, subtree: true});
  look();
})();
