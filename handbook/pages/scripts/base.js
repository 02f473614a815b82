// Four names that the theme's own script expects (Material for MkDocs, MIT licence): where the handbook stands, and how
// it keeps the choice of colours in this browser. The theme writes them into each page; here they are a file, so that
// the Content-Security-Policy needs no exception for inline scripts.
"use strict";

var __md_scope = new URL("..", document.currentScript.src);

var __md_hash = (text) => [...text].reduce((sum, letter) => (sum << 5) - sum + letter.charCodeAt(0), 0);

var __md_get = (key, storage = localStorage, scope = __md_scope) =>
  JSON.parse(storage.getItem(scope.pathname + "." + key));

var __md_set = (key, value, storage = localStorage, scope = __md_scope) => {
  try {
    storage.setItem(scope.pathname + "." + key, JSON.stringify(value));
  } catch {
    // Storage is full or switched off: the choice lasts for this page.
  }
};
