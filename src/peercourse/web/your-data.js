/* "Your data": what this course keeps on this device, in plain words; export, bring back, delete. Needs words.js,
   store.js and delete.js. */
(() => {
  "use strict";

  const LARGEST = 5000000;
  const EXPORT = "peercourse-data.json";
  const OLDEST = 1;

  function start(place, store) {
    const {make, button} = store;
    const say = window.peercourseWords("your-data");
    const list = make("ul", "", {class: "stored"});
    const summary = make("p", "");
    const box = make("div", "", {class: "report", tabindex: "-1", hidden: ""});
    const file = make("input", "", {type: "file", accept: ".json,application/json", id: "bring-back"});
    const saveAll = button(say("save_all"), () => {
      const data = store.keys().map((key) => [key, store.parse(store.read(key))]);
      const whole = Object.fromEntries(data.filter(([, record]) => record && !record.newer));
      const text = JSON.stringify({course: "peercourse", schema: store.SCHEMA, data: whole}, null, 1);
      store.download(EXPORT, text + "\n", "application/json");
      store.report(box, say("saved", {file: EXPORT}));
    });
    const deleteAll = button(say("delete_all"), () => {
      window.peercourseDelete(box, say("ask_delete_all"), store.keys(), show);
    });

    function date(text) {
      const when = new Date(text);
      const how = {dateStyle: "long", timeStyle: "short"};
      return isNaN(when) ? text : when.toLocaleString(document.documentElement.lang, how);
    }

    /* What a record holds, by its kind. */
    const contents = {
      quiz: ({answers, id}) => {
        const count = Object.values(answers).filter((answer) => Object.keys(Object(answer)).length).length;
        return say(id ? "quiz" : "quiz_without_id", {count, id});
      },
      conversation: ({path, endings}) => say("conversation", {turns: path.length, endings: endings.length}),
      words: () => say("words"),
      note: () => say("note"),
      pages: ({pages, off}) => (off ? say("pages_off") : say("pages", {count: Object.keys(pages).length})),
    };

    function describe(key, text, record) {
      const [, name, ...rest] = key.split("/");
      const version = rest.join("/");
      const named = (title) => (/^\d+$/.test(version) ? say("version", {title, version}) : title);
      const size = say("size", {count: Math.ceil(text.length / 1024)});
      if (!record || record.newer) {
        const title = named(/^\d+$/.test(version) ? name : `${name} ${version}`);
        return say("no_record", {title, what: say(record ? "by_newer" : "unreadable"), size});
      }
      const title = named(record.title || say("progress"));
      return say("record", {title, what: contents[record.kind](record), date: date(record.saved), size});
    }

    function line(key) {
      const text = store.read(key) || "";
      const words = describe(key, text, store.parse(text));
      const remove = button(say("remove"), () => window.peercourseDelete(box, say("ask_delete", {what: words}), [key], show));
      remove.setAttribute("aria-label", say("remove_what", {what: words}));
      return make("li", words + " ", {}, [remove]);
    }

    function show() {
      const keys = store.keys();
      list.replaceChildren(...keys.map(line));
      list.hidden = saveAll.disabled = deleteAll.disabled = !keys.length;
      summary.textContent = say(keys.length ? "kept" : store.works() ? "nothing" : "switched_off");
      document.dispatchEvent(new CustomEvent("peercourse:changed"));
    }

    /* Records of an exported file by key, as text. Throws a sentence where the file cannot be used. */
    function readExport(text) {
      let whole = null;
      try {
        whole = Object(JSON.parse(text));
      } catch {
        throw say("not_readable");
      }
      const found = Object.entries(Object(whole.data)).map(([key, record]) => [key, store.parse(JSON.stringify(record))]);
      if (whole.course !== "peercourse" || !found.length) throw say("not_ours");
      if (!Number.isInteger(whole.schema)) throw say("damaged");
      if (whole.schema > store.SCHEMA || found.some(([, record]) => record && record.newer)) throw say("newer_file");
      const ours = found.every(([key, record]) => record && store.KEY.test(key) && belongs(key, record));
      if (whole.schema < OLDEST || !ours) throw say("damaged");
      return found.map(([key, record]) => [key, JSON.stringify(record)]);
    }

    /* Quizzes stand under a version's number, all else under its kind. */
    function belongs(key, {kind}) {
      const [, name, rest] = key.split("/");
      return kind === "quiz" ? /^\d+$/.test(rest) : name === kind;
    }

    /* What the device has already is never replaced. */
    function bringBack(text) {
      const found = readExport(text);
      const fresh = found.filter(([key]) => store.read(key) === null);
      const kept = fresh.filter(([key, record]) => store.write(key, record)).length;
      const own = found.length - fresh.length;
      show();
      return [
        say("brought_back", {count: kept, all: found.length}),
        own ? say("left_alone", {count: own}) : "",
        kept < fresh.length ? say("no_room") : "",
      ].join(" ").trim();
    }

    file.addEventListener("change", async () => {
      const chosen = file.files[0];
      if (!chosen) return;
      try {
        if (chosen.size > LARGEST) throw say("too_large");
        store.report(box, bringBack(await chosen.text()));
      } catch (problem) {
        const sentence = typeof problem === "string" ? problem : say("damaged");
        store.report(box, `${sentence} ${say("nothing_brought")}`);
      }
      file.value = "";
    });
    place.append(summary, list, make("div", "", {class: "actions"}, [saveAll, deleteAll]),
      make("p", "", {}, [make("label", say("bring_back"), {for: "bring-back"}), " ", file]), box);
    window.addEventListener("storage", show);
    show();
  }

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("#stored-data").forEach((place) => start(place, window.peercourse));
  });
})();
