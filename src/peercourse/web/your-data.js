/* "Your data": what this course keeps on this device, in plain words; export, bring back, delete. Needs store.js. */
(function () {
  "use strict";

  const LARGEST = 2000000;
  const many = (count, word) => `${count} ${word}${count === 1 ? "" : "s"}`;
  const isGiven = (answer) => (typeof answer === "string" ? answer.trim() : Object.keys(answer).length);

  function describe(key, text, record) {
    const size = `${Math.max(1, Math.round(text.length / 1024))} KB`;
    const [, quiz, version] = key.split("/");
    if (!record) return `${quiz}, version ${version}: cannot be read, ${size}`;
    if (record.newer) return `${quiz}, version ${version}: kept by a later edition of this course, ${size}`;
    const saved = new Date(record.saved);
    const day = Number.isNaN(saved.getTime()) ? "" : `, last changed ${saved.toLocaleString("en-GB", {dateStyle: "long", timeStyle: "short"})}`;
    const id = record.id ? `trainee ID ${record.id}` : "no trainee ID";
    return `${record.title}, version ${version}: ${many(Object.values(record.answers).filter(isGiven).length, "answer")}, ${id}${day}, ${size}`;
  }

  /* Records of an exported file by key; a sentence instead where the file cannot be used. */
  function readExport(text, store) {
    let file = null;
    try {
      file = JSON.parse(text);
    } catch (error) {
      return "This file cannot be read. Choose a file that this page has saved.";
    }
    if (!file || file.course !== "peercourse" || typeof file.data !== "object" || !file.data) {
      return "This file does not come from this course. Choose a file that this page has saved.";
    }
    const found = Object.entries(file.data).map(([key, record]) => [key, store.parse(JSON.stringify(record))]);
    if (file.schema > store.SCHEMA || found.some(([, record]) => record && record.newer)) {
      return "This file was saved by a later edition of this course. Open it there.";
    }
    if (!found.length || found.length > 200 || found.some(([key, record]) => !record || !store.KEY.test(key))) {
      return "This file is damaged. Nothing was brought back.";
    }
    return found;
  }

  function start(place, store) {
    const {make, button} = store;
    const list = make("ul", "", {class: "stored"});
    const nothing = make("p", "This course keeps nothing on this device.");
    const box = make("div", "", {class: "report", tabindex: "-1", hidden: ""});
    const file = make("input", "", {type: "file", accept: ".json,application/json", id: "bring-back"});
    const say = (words) => store.report(box, words);

    function confirmed(question, keys) {
      const buttons = [button("Delete", () => {
        const before = keys.map((key) => [key, store.read(key)]);
        keys.forEach(store.remove);
        show();
        store.report(box, "Deleted", [], [button("Have it back", () => {
          before.forEach(([key, text]) => store.write(key, text));
          show();
          say("It is back");
        })]);
      }), button("Keep", () => say("Nothing was deleted"))];
      store.report(box, question, [], buttons);
    }

    function show() {
      const lines = store.keys().map((key) => {
        const text = store.read(key) || "";
        const words = describe(key, text, store.parse(text));
        const remove = button("Delete", () => confirmed(`Delete this? ${words}`, [key]));
        remove.setAttribute("aria-label", `Delete ${words}`);
        return make("li", "", {}, [make("span", words), " ", remove]);
      });
      list.replaceChildren(...lines);
      list.hidden = !lines.length;
      nothing.hidden = lines.length > 0;
      saveAll.disabled = deleteAll.disabled = !lines.length;
    }

    function exportAll() {
      const entries = store.keys().map((key) => [key, store.parse(store.read(key))]);
      const data = Object.fromEntries(entries.filter(([, record]) => record && !record.newer));
      const text = JSON.stringify({course: "peercourse", schema: store.SCHEMA, data}, null, 1);
      store.download("peercourse-answers.json", text + "\n", "application/json");
      say(`Saved in the file peercourse-answers.json: ${many(Object.keys(data).length, "quiz").replace("quizs", "quizzes")}`);
    }

    async function bringBack() {
      const chosen = file.files[0];
      if (!chosen) return;
      const found = chosen.size > LARGEST ? "This file is too large." : readExport(await chosen.text(), store);
      file.value = "";
      if (typeof found === "string") {
        say(found);
        return;
      }
      const fresh = found.filter(([key]) => store.read(key) === null);
      const kept = fresh.filter(([key, record]) => store.write(key, JSON.stringify(record)));
      const alone = found.length - fresh.length;
      show();
      say(`Brought back: ${kept.length} of ${found.length}.`
        + (alone ? ` Left alone, since this device has its own: ${alone}. Delete those first if you want the file's.` : "")
        + (kept.length < fresh.length ? " This browser keeps nothing for this page, or its space is full." : ""));
    }

    const saveAll = button("Save everything as a file", exportAll);
    const deleteAll = button("Delete everything", () => confirmed("Delete everything from this device?", store.keys()));
    file.addEventListener("change", bringBack);
    place.append(nothing, list, make("div", "", {class: "actions"}, [saveAll, deleteAll]),
      make("p", "", {}, [make("label", "Bring back from a file", {for: "bring-back"}), " ", file]), box);
    window.addEventListener("storage", show);
    show();
  }

  document.addEventListener("DOMContentLoaded", () => {
    const place = document.getElementById("stored-data");
    if (place) start(place, window.peercourse);
  });
})();
