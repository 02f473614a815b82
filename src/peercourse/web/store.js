/* What the course keeps on this device, and helpers that quiz.js and your-data.js share.
   Keys are peercourse/<quiz>/<version>: on file:// all pages of a machine share one storage. */
window.peercourse = (() => {
  "use strict";

  const SCHEMA = 1;
  const KEY = /^peercourse\/[a-z][a-z0-9-]{0,39}\/[0-9]{1,3}$/;
  const LONGEST = 300000;

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
    const record = Object((text || "").length <= LONGEST && attempt(() => JSON.parse(text), null));
    if (Number.isFinite(record.schema) && record.schema > SCHEMA) return {newer: true};
    const whole = record.schema === SCHEMA && Object(record.answers) === record.answers;
    const isText = (name) => typeof record[name] === "string";
    return whole && ["id", "title", "saved"].every(isText) ? record : null;
  }

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

  /* Asks, deletes, offers to undo. `after` shows the new state. */
  function askToDelete(box, question, names, after) {
    const asked = document.activeElement;
    const before = names.map((key) => [key, read(key)]).filter(([, text]) => text !== null);
    const undo = button("Undo", () => {
      before.forEach(([key, text]) => write(key, text));
      after();
      report(box, "Everything is back");
    });
    const confirm = button("Delete", () => {
      names.forEach(remove);
      after();
      report(box, "Deleted", [make("p", "Until you leave this page you can undo it.")], [undo]);
    });
    const cancel = button("Keep", () => {
      box.hidden = true;
      asked.focus();
    });
    report(box, question, [make("p", "Files that you saved stay where they are.")], [confirm, cancel]);
  }

  function download(name, text, type) {
    const url = URL.createObjectURL(new Blob([text], {type}));
    make("a", "", {href: url, download: name}).click();
    setTimeout(() => URL.revokeObjectURL(url), 60000);
  }

  return {SCHEMA, KEY, read, write, works, keys, parse, make, button, report, askToDelete, download};
})();
