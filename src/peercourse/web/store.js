/* What the course keeps on this device, and helpers that all scripts share. A record stands under
   peercourse/<quiz>/<version> or peercourse/<kind>/<name>: on file:// all pages of a machine share one storage. */
window.peercourse = (() => {
  "use strict";

  const SCHEMA = 2;
  const KEY = /^peercourse\/[a-z][a-z0-9-]{0,39}\/([0-9]{1,3}|[a-z][a-z0-9/-]{0,119})$/;
  const LONGEST = 300000;

  const isText = (value) => typeof value === "string";
  const isObject = (value) => Object(value) === value && !Array.isArray(value);
  const isTexts = (value) => Array.isArray(value) && value.length < 1000 && value.every(isText);

  /* What a record of each kind must hold besides title and saved. */
  const KINDS = {
    quiz: ({id, answers}) => isText(id) && isObject(answers),
    conversation: ({edition, path, endings}) =>
      isText(edition) && isTexts(endings) && Array.isArray(path) && path.length < 1000 && path.every(isTexts),
    words: ({text, ticked}) => isText(text) && isTexts(ticked),
    note: ({text}) => isText(text),
    pages: ({pages, last}) =>
      isText(last) && isObject(pages) && Object.values(pages).every((one) => isObject(one) && Object.values(one).every(isText)),
  };

  /* A record of schema 1 is always a quiz. */
  const MIGRATIONS = {1: (record) => ({...record, kind: "quiz", schema: 2})};

  /* Storage throws where it is switched off or full. The page goes on without it. */
  const attempt = (action, otherwise) => {
    try {
      return action();
    } catch {
      return otherwise;
    }
  };
  const read = (key) => attempt(() => localStorage.getItem(key), null);
  const remove = (key) => attempt(() => (localStorage.removeItem(key), true), false);
  const write = (key, text) => attempt(() => (localStorage.setItem(key, text), true), false);
  const works = () => write("peercourse/probe", "") && remove("peercourse/probe");
  const keys = () => attempt(() => Object.keys(localStorage).filter((key) => KEY.test(key)).sort(), []);

  /* A record from its text: null if it is none, {newer: true} if a later edition of the course wrote it. */
  function parse(text) {
    let record = Object((text || "").length <= LONGEST && attempt(() => JSON.parse(text), null));
    if (Number.isFinite(record.schema) && record.schema > SCHEMA) return {newer: true};
    while (Number.isInteger(record.schema) && Object.hasOwn(MIGRATIONS, record.schema)) record = MIGRATIONS[record.schema](record);
    const known = record.schema === SCHEMA && isText(record.kind) && Object.hasOwn(KINDS, record.kind);
    return known && [record.title, record.saved].every(isText) && KINDS[record.kind](record) ? record : null;
  }

  /* The record of one kind under a key: null where there is none, or one of another kind. */
  function load(key, kind) {
    const record = parse(read(key));
    return record && (record.newer || record.kind === kind) ? record : null;
  }

  /* Keeps a record, with the time. False where the browser keeps nothing. */
  const keep = (key, record) =>
    write(key, JSON.stringify({schema: SCHEMA, ...record, saved: new Date().toISOString()}));

  /* An element; words are set as text, never read as HTML. */
  function make(tag, words, attributes = {}, children = []) {
    const element = document.createElement(tag);
    element.textContent = words;
    Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
    element.append(...children);
    return element;
  }

  function button(words, action) {
    const element = make("button", words, {type: "button"});
    element.addEventListener("click", action);
    return element;
  }

  /* Shows a heading with elements and buttons in a report box, and moves the focus there. */
  function report(box, heading, elements = [], buttons = []) {
    box.replaceChildren(make("h3", heading), ...elements, make("div", "", {class: "actions"}, buttons));
    box.hidden = false;
    box.focus();
  }

  function download(name, text, type) {
    const url = URL.createObjectURL(new Blob([text], {type}));
    make("a", "", {href: url, download: name}).click();
    setTimeout(() => URL.revokeObjectURL(url), 60000);
  }

  return {SCHEMA, KEY, read, write, remove, works, keys, parse, load, keep, make, button, report, download};
})();
