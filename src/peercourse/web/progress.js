/* "My progress": which pages were read and tried on this device, and the private notes. Needs words.js and store.js. */
(() => {
  "use strict";

  const KEY = "peercourse/pages/read";

  function start(place, store) {
    const say = window.peercourseWords("progress");
    const {make, button} = store;
    const summary = make("p", "", {role: "status", class: "progress-summary"});
    const notes = make("div", "");
    const toggle = button("", () => {
      const record = store.load(KEY, "pages") || {};
      const off = !record.off;
      // What was noted so far goes with the switch, as its words say.
      if (!store.keep(KEY, {kind: "pages", title: "", pages: {}, last: "", off})) summary.textContent = say("not_kept");
      else show();
    });
    const items = [...place.querySelectorAll("[data-page], [data-quiz-kept]")];
    const root = new URL(document.documentElement.dataset.content_root, location.href).href;
    const date = (text) => new Date(text).toLocaleDateString(document.documentElement.lang, {dateStyle: "medium"});

    /* What is kept about a page: when it was read or tried, or when answers to its quiz were last saved. */
    function seenOf({dataset: {page, quizKept}}, pages) {
      if (page) return Object(Object.hasOwn(pages, page) && pages[page]);
      const quiz = store.load(`peercourse/${quizKept}`, "quiz");
      return {answered: quiz && quiz.saved};
    }

    function mark(item, seen) {
      const done = ["read", "tried", "answered"].filter((what) => typeof seen[what] === "string" && !isNaN(new Date(seen[what])));
      const words = done.map((what) => say(what, {date: date(seen[what])})).join(", ");
      item.querySelector(".marks")?.remove();
      if (words) item.append(make("span", words, {class: "marks"}));
      return done.length > 0;
    }

    function show() {
      const record = store.load(KEY, "pages");
      const newer = Boolean(record && record.newer);
      const pages = (!newer && record && record.pages) || {};
      const seen = items.filter((item) => mark(item, seenOf(item, pages)));
      const off = Boolean(record && record.off);
      const counted = say("seen", {count: seen.length, all: items.length});
      summary.textContent = newer ? say("newer") : !store.works() ? say("not_kept") : off ? say("is_off") : counted;
      toggle.textContent = say(off ? "switch_on" : "switch_off");
      toggle.hidden = newer || !store.works();
      showNotes();
    }

    function showNotes() {
      const found = store.keys().filter((key) => key.startsWith("peercourse/note/"))
        .map((key) => [key, store.load(key, "note")]).filter(([, record]) => record && record.text);
      const rows = found.map(([key, record]) => {
        const link = make("a", record.title, {href: `${root}${key.slice("peercourse/note/".length)}.html`});
        return make("li", "", {}, [make("p", "", {}, [link]), make("p", record.text, {class: "own-note"})]);
      });
      notes.replaceChildren(make("h2", say("notes")), rows.length ? make("ul", "", {}, rows) : make("p", say("no_notes")));
    }

    place.prepend(summary);
    place.append(make("div", "", {class: "actions"}, [toggle]), notes);
    window.addEventListener("storage", show);
    document.addEventListener("peercourse:changed", show);
    show();
  }

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-progress]").forEach((place) => start(place, window.peercourse));
  });
})();
