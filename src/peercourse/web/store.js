/* What a page keeps on this device, and the few helpers that quiz.js and your-data.js share.
   A record lies under peercourse/<quiz>/<version>, so other pages of the same machine (file://) do not meet it. */
window.peercourse = (function () {
  "use strict";

  const SCHEMA = 1;
  const PREFIX = "peercourse/";
  const KEY = /^peercourse\/[a-z][a-z0-9-]{0,39}\/[0-9]{1,3}$/;
  const LONGEST = 4000;

  /* Reading or writing fails where storage is switched off or full. The page goes on without it. */
  function attempt(action, otherwise) {
    try {
      return action();
    } catch (error) {
      return otherwise;
    }
  }

  const read = (key) => attempt(() => localStorage.getItem(key), null);
  const write = (key, text) => attempt(() => (localStorage.setItem(key, text), true), false);
  const remove = (key) => attempt(() => (localStorage.removeItem(key), true), false);
  const keys = () => attempt(() => Object.keys(localStorage).filter((key) => KEY.test(key)).sort(), []);
  const works = () => write(PREFIX + "probe", "") && remove(PREFIX + "probe");

  function isAnswer(value) {
    if (typeof value === "string") return value.length <= LONGEST;
    const parts = value && typeof value === "object" ? Object.values(value) : [0];
    return parts.length <= 40 && parts.every((part) => typeof part === "string" && part.length <= 40);
  }

  function isRecord(value) {
    const answers = value && value.answers;
    return Boolean(answers) && typeof answers === "object" && !Array.isArray(answers)
      && ["title", "saved", "id"].every((name) => typeof value[name] === "string" && value[name].length <= LONGEST)
      && Object.keys(answers).length <= 300 && Object.values(answers).every(isAnswer);
  }

  /* A record from its text: null if it is none; {newer: true} if a later edition of the course wrote it. */
  function parse(text) {
    const value = attempt(() => JSON.parse(text), null);
    if (value && value.schema > SCHEMA) return {newer: true};
    return value && value.schema === SCHEMA && isRecord(value) ? value : null;
  }

  /* An element. Words are always set as text, never read as HTML. */
  function make(tag, words, attributes, children) {
    const element = document.createElement(tag);
    if (words) element.textContent = words;
    for (const [name, value] of Object.entries(attributes || {})) element.setAttribute(name, value);
    element.append(...(children || []));
    return element;
  }

  function button(words, action) {
    const element = make("button", words, {type: "button"});
    element.addEventListener("click", action);
    return element;
  }

  /* Shows a heading, elements and buttons in a report box and moves the focus there. */
  function report(box, heading, elements, buttons) {
    box.replaceChildren(make("h3", heading), ...(elements || []));
    if (buttons) box.append(make("div", "", {class: "actions"}, buttons));
    box.hidden = false;
    box.focus();
  }

  function download(name, text, type) {
    const url = URL.createObjectURL(new Blob([text], {type}));
    const link = make("a", "", {href: url, download: name, hidden: ""});
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(url), 60000);
  }

  return {SCHEMA, PREFIX, KEY, LONGEST, read, write, remove, keys, works, parse, make, button, report, download};
})();
