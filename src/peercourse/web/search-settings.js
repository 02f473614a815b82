// Sphinx's search asks for these. Nothing is highlighted on the pages found, so nothing is stored on the device.
"use strict";
const SPHINX_HIGHLIGHT_ENABLED = false;
const _highlightText = () => {};

// The index is large, and of use only once somebody has searched for something.
document.addEventListener("DOMContentLoaded", () => {
  if (new URLSearchParams(location.search).get("q")) Search.loadIndex("searchindex.js");
});
