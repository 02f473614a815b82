/* "Your data": what this course keeps on this device, in plain words; export, bring back, delete. Needs store.js. */
(() => {
  "use strict";

  const LARGEST = 2000000;
  const EXPORT = "peercourse-answers.json";

  function describe(key, text, record) {
    const [, quiz, version] = key.split("/");
    const size = `${Math.ceil(text.length / 1024)} KB`;
    if (!record || record.newer) {
      return `${quiz}, version ${version}: ${record ? "kept by a later edition of this course" : "cannot be read"}, ${size}`;
    }
    const answers = Object.values(record.answers).filter((answer) => Object.keys(Object(answer)).length).length;
    const date = String(new Date(record.saved).toLocaleString("en-GB", {dateStyle: "long", timeStyle: "short"}));
    const id = record.id ? `trainee ID ${record.id}` : "no trainee ID";
    return `${record.title}, version ${version}: answers to ${answers} questions, ${id}, last changed ${date}, ${size}`;
  }

  /* Records of an exported file by key, as text. Throws a sentence where the file cannot be used. */
  function readExport(text, store) {
    let file = null;
    try {
      file = Object(JSON.parse(text));
    } catch {
      throw "This file cannot be read. Choose a file that this page has saved.";
    }
    const found = Object.entries(Object(file.data)).map(([key, record]) => [key, JSON.stringify(record)]);
    const records = found.map(([, record]) => store.parse(record));
    if (file.course !== "peercourse" || !found.length) throw "This file holds no answers of this course.";
    if (file.schema > store.SCHEMA || records.some((record) => record && record.newer)) {
      throw "This file was saved by a later edition of this course. Bring it back there.";
    }
    if (records.includes(null) || !found.every(([key]) => store.KEY.test(key))) throw "This file is damaged.";
    return found;
  }

  function start(place, store) {
    const {make, button} = store;
    const list = make("ul", "", {class: "stored"});
    const summary = make("p", "");
    const box = make("div", "", {class: "report", tabindex: "-1", hidden: ""});
    const file = make("input", "", {type: "file", accept: ".json,application/json", id: "bring-back"});
    const saveAll = button("Save everything as a file", () => {
      const data = store.keys().map((key) => [key, store.parse(store.read(key))]);
      const whole = Object.fromEntries(data.filter(([, record]) => record && !record.newer));
      const text = JSON.stringify({course: "peercourse", schema: store.SCHEMA, data: whole}, null, 1);
      store.download(EXPORT, text + "\n", "application/json");
      store.report(box, `Everything that can be read is in the file ${EXPORT}`);
    });
    const deleteAll = button("Delete everything", () => {
      store.askToDelete(box, "Delete everything that this course keeps on this device?", store.keys(), show);
    });

    function line(key) {
      const text = store.read(key) || "";
      const words = describe(key, text, store.parse(text));
      const remove = button("Delete", () => store.askToDelete(box, `Delete ${words}?`, [key], show));
      remove.setAttribute("aria-label", `Delete ${words}`);
      return make("li", words + " ", {}, [remove]);
    }

    function show() {
      const keys = store.keys();
      list.replaceChildren(...keys.map(line));
      list.hidden = saveAll.disabled = deleteAll.disabled = !keys.length;
      summary.textContent = keys.length ? "Kept on this device:" : "This course keeps nothing on this device.";
    }

    /* What the device has already is never replaced. */
    function bringBack(text) {
      const found = readExport(text, store);
      const fresh = found.filter(([key]) => store.read(key) === null);
      const kept = fresh.filter(([key, record]) => store.write(key, record)).length;
      const own = found.length - fresh.length;
      show();
      return `Brought back: ${kept} of ${found.length}.`
        + (own ? ` Left alone, since this device has its own: ${own}. Delete those first if you want the file's.` : "")
        + (kept < fresh.length ? " This browser keeps nothing more for this page." : "");
    }

    file.addEventListener("change", async () => {
      const chosen = file.files[0];
      try {
        if (chosen.size > LARGEST) throw "This file is too large.";
        store.report(box, bringBack(await chosen.text()));
      } catch (problem) {
        store.report(box, `${problem} Nothing was brought back.`);
      }
      file.value = "";
    });
    place.append(summary, list, make("div", "", {class: "actions"}, [saveAll, deleteAll]),
      make("p", "", {}, [make("label", "Bring back from a file", {for: "bring-back"}), " ", file]), box);
    window.addEventListener("storage", show);
    show();
  }

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("#stored-data").forEach((place) => start(place, window.peercourse));
  });
})();
