/* The graded quiz: keeps answers on this device and saves them as the released notebook with its answer cells filled.
   It holds no key and sends nothing. Needs store.js. */
(() => {
  "use strict";

  const ID_PROBLEM = "Enter your trainee ID: 3 to 32 letters, digits or hyphens between them, as you were given it.";
  const NOT_KEPT = "This browser keeps nothing for this page. You can go on; save the file before you leave.";

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

    const say = (words) => {
      part(".saved").textContent = words;
    };

    function showProgress() {
      part(".progress").textContent = `${items.length - items.filter(isOpen).length} of ${items.length} answered`;
      for (const hint of form.querySelectorAll(".item-hint")) {
        const place = sharedPlace(hint.parentElement);
        hint.textContent = place ? `Two lines have place ${place}.` : "";
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
      if (!keeping) say("A later edition of this course keeps answers here; they stay as they are. Save yours as a file.");
      else if (record) say("Your answers are back, as saved on this device.");
      else say(store.works() ? "Answers will be kept on this device." : NOT_KEPT);
    }

    function keep() {
      unsaved = true;
      if (keeping && store.read(key) !== known) warn();
      if (!keeping) return;
      const answers = Object.fromEntries([...boxes].map(([name, box]) => [name, read(box)]));
      const saved = new Date().toISOString();
      const text = JSON.stringify({schema: store.SCHEMA, title, saved, id: id.value, answers});
      unsaved = !store.write(key, text);
      if (!unsaved) known = text;
      say((unsaved ? NOT_KEPT : "Saved on this device.") + (filed ? " Changed since you saved the file." : ""));
    }

    function warn() {
      const place = document.activeElement;
      const theirs = button("Those of the other tab", () => {
        load();
        place.focus();
      });
      const mine = button("Those you see here", () => {
        known = store.read(key);
        keeping = true;
        part(".quiz-alert").replaceChildren();
        keep();
        place.focus();
      });
      keeping = false;
      say("Not saved.");
      const words = "The answers to this quiz were changed in another tab. Which do you want to go on with?";
      part(".quiz-alert").replaceChildren(make("p", words), theirs, " ", mine);
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
      error.textContent = fits ? "" : ID_PROBLEM;
      id.setAttribute("aria-invalid", !fits);
      if (!fits) report("The file cannot be saved yet", [make("ul", "", {}, [linkTo(ID_PROBLEM, id, id)])]);
      return fits;
    }

    function save() {
      const open = items.filter(isOpen);
      if (!open.length) saveFile();
      else if (checkId()) {
        const links = open.map((item) => linkTo(`Question ${item.dataset.number}`, controls(item)[0], item));
        const heading = `${open.length} ${open.length > 1 ? "questions are" : "question is"} not fully answered`;
        report(heading, [make("ul", "", {}, links)], [button("Save the file anyway", saveFile)]);
      }
    }

    function saveFile() {
      if (!checkId()) return;
      const notebook = JSON.parse(document.getElementById("released-notebook").textContent);
      store.download(`${quiz}.ipynb`, fill(notebook, id.value, boxes), "application/x-ipynb+json");
      filed = true;
      unsaved = false;
      report(`Your answers are in the file ${quiz}.ipynb`, [
        make("p", "You find it where this browser puts downloads. Hand it in as your trainer told you."),
        make("p", "Nothing has been sent. If you change an answer, save the file again and hand in the new one."),
      ]);
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
      const question = "Delete your answers to this quiz and your trainee ID from this device?";
      store.askToDelete(part(".report"), question, [key], load);
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
