/* The graded quiz: keeps answers on this device and saves them as the released notebook with its answer cells filled.
   It holds no key and sends nothing. Needs words.js, store.js and delete.js. */
(() => {
  "use strict";

  const word = window.peercourseWords("quiz");
  const controls = (box) => [...box.querySelectorAll("input, select, textarea")];
  const isTick = (control) => /radio|checkbox/.test(control.type);

  /* What the controls hold: words, a letter, a list of letters, or a value by row. */
  function read(box) {
    const given = controls(box).filter((control) => (isTick(control) ? control.checked : control.value));
    if (given.length && given[0].dataset.row) {
      return Object.fromEntries(given.map((control) => [control.dataset.row, control.value]));
    }
    const values = given.map((control) => control.value);
    return box.dataset.shape === "many" ? values : values[0] || "";
  }

  /* The opposite of read(). A value that the controls do not know leaves them empty. */
  function put(box, answer) {
    for (const control of controls(box)) {
      const wanted = control.dataset.row ? Object(answer)[control.dataset.row] : answer;
      if (isTick(control)) control.checked = [].concat(wanted).includes(control.value);
      else control.value = typeof wanted === "string" ? wanted : "";
      if (control.selectedIndex < 0) control.selectedIndex = 0;
    }
  }

  function sharedPlace(box) {
    const places = box.dataset.shape === "sequence" ? Object.values(read(box)) : [];
    return places.find((place, index) => places.indexOf(place) < index);
  }

  function isComplete(box) {
    const answer = read(box);
    const rows = new Set(controls(box).map((control) => control.dataset.row)).size;
    if (box.dataset.optional) return true;
    return typeof answer === "string" ? answer.trim() !== "" : Object.keys(answer).length >= rows && !sharedPlace(box);
  }

  /* The answer as Python writes it. Letters, numbers and levels need no escapes. */
  function literal(box) {
    const answer = read(box);
    const sequence = () => Object.keys(answer).sort((one, other) => answer[one] - answer[other]);
    const value = box.dataset.shape === "sequence" ? sequence() : answer;
    return JSON.stringify(value).replace(/([,:])/g, "$1 ");
  }

  /* A code cell keeps its variable; a written answer takes the cell. Half a character pair has no place in a file. */
  function fillCell(cell, words, isText) {
    const old = [].concat(cell.source).join("");
    const text = isText ? words.replace(/\p{Surrogate}/gu, "\ufffd") : old.replace(/= .*/, () => "= " + words);
    cell.source = text.match(/[^\n]*\n|[^\n]+/g);
  }

  /* The released notebook with the answers in it. What was not answered stays as it was. */
  function fill(notebook, id, boxes) {
    for (const cell of notebook.cells) {
      const box = boxes.get(cell.metadata.nbgrader.grade_id);
      const isText = box && box.dataset.shape === "text";
      if (cell.metadata.nbgrader.grade_id === "trainee-id") fillCell(cell, JSON.stringify(id));
      else if (box && Object.keys(read(box)).length) {
        if (!isText) fillCell(cell, literal(box));
        else if (read(box).trim()) fillCell(cell, read(box), true);
      }
    }
    return JSON.stringify(notebook, null, 1) + "\n";
  }

  function start(form, store) {
    const {make, button} = store;
    const {quiz, version, title} = form.dataset;
    const key = `peercourse/${quiz}/${version}`;
    const id = form.elements["trainee-id"];
    const part = (name) => form.querySelector(name);
    const items = [...form.querySelectorAll("[data-item]")];
    const boxes = new Map(items.map((item) => [item.dataset.item, item.querySelector("[data-shape]")]));
    const isOpen = (item) => !isComplete(boxes.get(item.dataset.item));
    const report = (...words) => store.report(part(".report"), ...words);
    let known = null; // the record as this tab last read or wrote it
    let keeping = true; // false where writing would lose what another tab or a later edition wrote
    let unsaved = false; // true while answers are kept nowhere
    let filed = false; // true once a file was made from this page

    const say = (...keys) => {
      part(".saved").textContent = keys.map((key) => word(key)).join(" ");
    };

    function showProgress() {
      const all = items.length;
      part(".progress").textContent = word("progress", {done: all - items.filter(isOpen).length, all});
      for (const hint of form.querySelectorAll(".item-hint")) {
        const place = sharedPlace(hint.parentElement);
        hint.textContent = place ? word("place", {place}) : "";
      }
    }

    /* Takes over what is stored: at the start, after deleting, after another tab has changed it. */
    function load() {
      known = store.read(key);
      const record = store.parse(known);
      keeping = !(record && record.newer);
      unsaved = false;
      part(".quiz-alert").replaceChildren();
      id.value = (record && record.id) || "";
      for (const [name, box] of boxes) put(box, record && record.answers ? record.answers[name] : "");
      showProgress();
      if (!keeping) say("later");
      else if (record) say("back");
      else say(store.works() ? "ready" : "not_kept");
    }

    function keep() {
      unsaved = true;
      if (keeping && store.read(key) !== known) warn();
      if (!keeping) return;
      const answers = Object.fromEntries([...boxes].map(([name, box]) => [name, read(box)]));
      const saved = new Date().toISOString();
      const text = JSON.stringify({schema: store.SCHEMA, kind: "quiz", title, saved, id: id.value, answers});
      unsaved = !store.write(key, text);
      if (!unsaved) known = text;
      say(unsaved ? "not_kept" : "saved", ...(filed ? ["changed"] : []));
    }

    function warn() {
      const place = document.activeElement;
      const theirs = button(word("theirs"), () => {
        load();
        place.focus();
      });
      const mine = button(word("mine"), () => {
        known = store.read(key);
        keeping = true;
        part(".quiz-alert").replaceChildren();
        keep();
        place.focus();
      });
      keeping = false;
      say("unsaved");
      part(".quiz-alert").replaceChildren(make("p", word("which")), theirs, " ", mine);
      part(".quiz-alert").focus();
    }

    function linkTo(words, control, target) {
      const link = make("a", words, {href: "#" + target.id});
      link.addEventListener("click", () => setTimeout(() => control.focus()));
      return make("li", "", {}, [link]);
    }

    function checkId() {
      id.value = id.value.normalize("NFKC").trim();
      const fits = new RegExp(`^(?:${id.pattern})$`, "u").test(id.value.toLowerCase());
      const error = document.getElementById("trainee-id-error");
      error.hidden = fits;
      error.textContent = fits ? "" : word("wrong_id");
      id.setAttribute("aria-invalid", !fits);
      if (!fits) report(word("stopped"), [make("ul", "", {}, [linkTo(word("wrong_id"), id, id)])]);
      return fits;
    }

    function save() {
      const open = items.filter(isOpen);
      if (!open.length) saveFile();
      else if (checkId()) {
        const links = open.map((item) => linkTo(item.querySelector(".number").textContent, controls(item)[0], item));
        const heading = word("open", {count: open.length});
        report(heading, [make("ul", "", {}, links)], [button(word("anyway"), saveFile)]);
      }
    }

    function saveFile() {
      if (!checkId()) return;
      const notebook = JSON.parse(document.getElementById("released-notebook").textContent);
      const file = `${quiz}.ipynb`;
      store.download(file, fill(notebook, id.value, boxes), "application/x-ipynb+json");
      filed = true;
      unsaved = false;
      report(word("filed", {file}), [make("p", word("where")), make("p", word("unsent"))]);
    }

    form.querySelectorAll("[data-needs-script]").forEach((element) => element.removeAttribute("hidden"));
    form.querySelectorAll("[data-shape=sequence]").forEach((box) => {
      box.append(make("p", "", {class: "hint item-hint", role: "status"}));
    });
    form.addEventListener("input", () => {
      keep();
      showProgress();
      if (filed) part(".report").hidden = true;
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      save();
    });
    part("[data-do=delete]").addEventListener("click", () => {
      window.peercourseDelete(part(".report"), word("delete"), [key], load);
    });
    window.addEventListener("storage", () => {
      if (keeping && store.read(key) !== known) warn();
    });
    window.addEventListener("beforeunload", (event) => {
      if (unsaved) event.preventDefault();
    });
    load();
  }

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("form[data-quiz]").forEach((form) => start(form, window.peercourse));
  });
})();
