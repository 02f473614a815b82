// Sphinx's search asks for these. Nothing is highlighted on the pages found, so nothing is stored on the device.
"use strict";
const SPHINX_HIGHLIGHT_ENABLED = false;
const _highlightText = () => {};
