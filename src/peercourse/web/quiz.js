/* The graded quiz: keeps answers on this device and saves them as the released notebook with its answer cells filled.
   It holds no key and sends nothing. Needs store.js. */
(function () {
  "use strict";

  const ID = /^[A-Za-z0-9-]{3,32}$/;
  const ID_PROBLEM = "Enter your trainee ID: 3 to 32 letters, digits or hyphens, without spaces.";
  const NOT_KEPT = "This browser keeps nothing for this page. You can go on; save your answers as a file before you leave.";

  const controls = (box) => [...box.querySelectorAll("input, select, textarea")];
  const rows = (box) => new Set(controls(box).map((control) => control.dataset.row)).size;
  const isTicked = (control) => (/radio|checkbox/.test(control.type) ? control.checked : control.value !== "");

  /* What the controls hold: a string, a list of letters, or a value by row. */
  function read(box) {
    const shape = box.dataset.shape;
    const ticked = controls(box).filter(isTicked);
    if (shape === "many") return ticked.map((control) => control.value);
    if (shape === "one" || shape === "text") return ticked.length ? ticked[0].value : "";
    return Object.fromEntries(ticked.map((control) => [control.dataset.row, control.value]));
  }

  /* The opposite of read(). Values that the controls do not know leave them empty. */
  function put(box, answer) {
    for (const control of controls(box)) {
      const wanted = control.dataset.row ? Object(answer)[control.dataset.row] : answer;
      if (/radio|checkbox/.test(control.type)) {
        control.checked = Array.isArray(wanted) ? wanted.includes(control.value) : wanted === control.value;
      } else {
        control.value = typeof wanted === "string" ? wanted : "";
        if (control.selectedIndex === -1) control.selectedIndex = 0;
      }
    }
  }

  const placedTwice = (box) => {
    const places = box.dataset.shape === "sequence" ? Object.values(read(box)) : [];
    return places.find((place, index) => places.indexOf(place) !== index);
  };

  function isComplete(box) {
    const answer = read(box);
    if (typeof answer === "string") return answer.trim() !== "";
    if (Array.isArray(answer)) return answer.length > 0;
    return Object.keys(answer).length === rows(box) && !placedTwice(box);
  }

  /* Python source of the answer, or "" where nothing was answered. Letters, numbers and levels need no escapes. */
  function literal(box) {
    let answer = read(box);
    if (box.dataset.shape === "sequence") {
      const placed = answer;
      answer = Object.keys(placed).sort((one, other) => placed[one] - placed[other]);
    }
    if (!Object.keys(answer).length) return "";
    return JSON.stringify(answer).replace(/,/g, ", ").replace(/:/g, ": ");
  }

  /* Half of a character pair cannot be written in UTF-8. */
  const wellFormed = (text) => text.replace(/\p{Surrogate}/gu, "\ufffd");
  const lines = (text) => text.match(/[^\n]*\n|[^\n]+$/g) || [];
  const setLiteral = (cell, value) => {
    cell.source = lines([].concat(cell.source).join("").replace(/= .*/, () => "= " + value));
  };

  /* The released notebook with the answers in it. What was not answered stays as it was, byte for byte. */
  function fill(notebook, id, boxes) {
    for (const cell of notebook.cells) {
      const grading = cell.metadata.nbgrader || {};
      const box = grading.solution && boxes.get(grading.grade_id);
      if (grading.grade_id === "trainee-id") setLiteral(cell, JSON.stringify(id));
      if (!box || !(box.dataset.shape === "text" ? read(box).trim() : literal(box))) continue;
      if (box.dataset.shape === "text") cell.source = lines(wellFormed(read(box)));
      else setLiteral(cell, literal(box));
    }
    return JSON.stringify(notebook, null, 1) + "\n";
  }

  function start(form, store) {
    const {make, button} = store;
    const {quiz, version, title} = form.dataset;
    const key = `${store.PREFIX}${quiz}/${version}`;
    const id = form.elements["trainee-id"];
    const idError = document.getElementById("trainee-id-error");
    const items = [...form.querySelectorAll("[data-item]")];
    const boxes = new Map(items.map((item) => [item.dataset.item, item.querySelector("[data-shape]")]));
    const box = (item) => boxes.get(item.dataset.item);
    const part = (name) => form.querySelector(name);
    const report = (...words) => store.report(part(".report"), ...words);
    const paragraph = (words) => make("p", words);
    let known = null; // the record as this tab last read or wrote it
    let keeping = true; // false while writing would lose what another tab or a later edition wrote
    let unsaved = false; // answers that are kept nowhere
    let filed = false; // a file was made from this page

    const say = (words) => {
      part(".saved").textContent = words;
    };

    function showProgress() {
      const done = items.filter((item) => isComplete(box(item))).length;
      part(".progress").textContent = `${done} of ${items.length} answered`;
      for (const hint of form.querySelectorAll(".item-hint")) {
        const place = placedTwice(box(hint.closest("[data-item]")));
        hint.textContent = place ? `Two lines have place ${place}.` : "";
      }
    }

    function keep() {
      unsaved = true;
      if (!keeping) return;
      if (store.read(key) !== known) {
        warn();
        return;
      }
      const answers = Object.fromEntries([...boxes].map(([name, each]) => [name, read(each)]));
      const record = {schema: store.SCHEMA, title, saved: new Date().toISOString(), id: id.value, answers};
      const text = JSON.stringify(record);
      unsaved = !store.write(key, text);
      if (!unsaved) known = text;
      say((unsaved ? NOT_KEPT : "Saved on this device.") + (filed ? " Changed since you saved the file." : ""));
    }

    function show(record) {
      id.value = record ? record.id : "";
      for (const [name, each] of boxes) put(each, record ? record.answers[name] : "");
      showProgress();
    }

    /* Takes over what is stored: at the start, and after another tab has changed it. */
    function load() {
      known = store.read(key);
      const record = store.parse(known);
      keeping = !(record && record.newer);
      if (!keeping) say("A later edition of this course keeps answers here. They are left alone; save yours as a file.");
      else if (record) say("Your answers are back, as saved on this device.");
      else say(store.works() ? "Answers will be kept on this device." : NOT_KEPT);
      show(record && !record.newer ? record : null);
    }

    function warn() {
      const place = document.activeElement;
      const settle = (action) => {
        keeping = true;
        part(".quiz-alert").replaceChildren();
        action();
        place.focus();
      };
      keeping = false;
      say("Not saved.");
      part(".quiz-alert").replaceChildren(
        paragraph("The answers to this quiz were changed in another tab. Which ones do you want to go on with?"),
        button("Those of the other tab", () => settle(load)),
        button("Those you see here", () => settle(() => {
          known = store.read(key);
          keep();
        })),
      );
      part(".quiz-alert").focus();
    }

    function linkTo(words, control) {
      const link = make("a", words, {href: "#" + (control.closest("[data-item]") || control).id});
      link.addEventListener("click", (event) => {
        event.preventDefault();
        control.focus();
        (control.closest("[data-item]") || control).scrollIntoView();
      });
      return make("li", "", {}, [link]);
    }

    function checkId() {
      id.value = id.value.normalize("NFKC").trim();
      const fits = ID.test(id.value);
      idError.hidden = fits;
      idError.textContent = fits ? "" : ID_PROBLEM;
      id.setAttribute("aria-invalid", String(!fits));
      if (!fits) report("The file cannot be saved yet", [make("ul", "", {}, [linkTo(ID_PROBLEM, id)])]);
      return fits;
    }

    function save() {
      const open = items.filter((item) => !isComplete(box(item)));
      if (!checkId()) return;
      if (!open.length) {
        saveFile();
        return;
      }
      const links = open.map((item) => {
        const twice = placedTwice(box(item)) ? ": two lines have the same place" : "";
        return linkTo(`Question ${item.dataset.number}${twice}`, controls(item)[0]);
      });
      const count = open.length === 1 ? "1 question is" : `${open.length} questions are`;
      report(`${count} not fully answered`, [make("ul", "", {}, links)], [button("Save the file anyway", saveFile)]);
    }

    function saveFile() {
      const notebook = JSON.parse(document.getElementById("released-notebook").textContent);
      if (!checkId()) return;
      store.download(`${quiz}.ipynb`, fill(notebook, id.value, boxes), "application/x-ipynb+json");
      filed = true;
      unsaved = false;
      report(`Your answers are in the file ${quiz}.ipynb`, [
        paragraph("You find it where this browser puts downloads. Hand it in as your trainer told you."),
        paragraph("Nothing has been sent. If you change an answer, save the file again and hand in the new one."),
      ]);
    }

    function askToDelete() {
      report("Delete your answers to this quiz from this device?", [
        paragraph("Your trainee ID on this page goes with them. Files that you saved stay where they are."),
      ], [button("Delete them", deleteAnswers), button("Keep them", () => {
        part(".report").hidden = true;
        part("[data-do=delete]").focus();
      })]);
    }

    function deleteAnswers() {
      const answers = Object.fromEntries([...boxes].map(([name, each]) => [name, read(each)]));
      const before = {id: id.value, answers};
      store.remove(key);
      known = store.read(key);
      keeping = true;
      unsaved = false;
      part(".quiz-alert").replaceChildren();
      show(null);
      say("");
      report("Your answers are deleted", [paragraph("Until you leave this page you can have them back.")], [
        button("Have them back", () => {
          show(before);
          keep();
          report("Your answers are back", []);
        }),
      ]);
    }

    for (const each of form.querySelectorAll("[data-shape=sequence]")) {
      each.append(make("p", "", {class: "hint item-hint", role: "status"}));
    }
    for (const element of form.querySelectorAll("[data-needs-script]")) element.hidden = false;
    form.addEventListener("input", () => {
      keep();
      showProgress();
      if (filed) part(".report").hidden = true;
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      save();
    });
    part("[data-do=print]").addEventListener("click", () => window.print());
    part("[data-do=delete]").addEventListener("click", askToDelete);
    window.addEventListener("storage", (event) => {
      if ((event.key === key || event.key === null) && keeping && store.read(key) !== known) warn();
    });
    window.addEventListener("beforeunload", (event) => {
      if (unsaved) event.preventDefault();
    });
    load();
  }

  document.addEventListener("DOMContentLoaded", () => {
    const form = document.querySelector("form[data-quiz]");
    if (form) start(form, window.peercourse);
  });
})();
