/* Where one was: notes on this device which pages were read to the end and tried, offers to go on there, and keeps
   private notes. Sends nothing; can be switched off on "My progress". Needs words.js and store.js. */
(() => {
  "use strict";

  const KEY = "peercourse/pages/read";
  const EMPTY = {kind: "pages", title: "", pages: {}, last: "", off: false};

  function start(store) {
    const say = window.peercourseWords("reading");
    const {make} = store;
    const root = new URL(document.documentElement.dataset.content_root, location.href).href;
    const page = location.href.slice(root.length).replace(/[?#].*$/, "");
    const heading = document.querySelector("h1");
    const noted = document.querySelector("[data-note]"); // stands on the pages that count as parts of the course

    const load = () => store.load(KEY, "pages") || EMPTY;

    /* Reads before it writes, so that two tabs add to one another. */
    function note(change) {
      const record = load();
      if (record.newer || record.off) return;
      const known = Object.hasOwn(record.pages, page) ? record.pages[page] : {};
      const pages = {...record.pages, [page]: {...known, title: heading.textContent, ...change}};
      store.keep(KEY, {...record, pages, last: page});
    }

    function watchTheEnd() {
      const watcher = new IntersectionObserver((entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        watcher.disconnect();
        note({read: new Date().toISOString()});
      });
      watcher.observe(noted);
    }

    function offer(place) {
      const {pages, last} = load();
      const seen = pages && Object.hasOwn(pages, last) && pages[last];
      if (!seen || !/^[a-z0-9/-]+\.html$/.test(last)) return;
      place.append(make("a", say("go_on", {title: String(seen.title)}), {href: root + last}));
      place.hidden = false;
    }

    function privateNote() {
      const key = `peercourse/note/${page.replace(/\.html$/, "")}`;
      const record = store.load(key, "note");
      const keeping = !(record && record.newer) && store.KEY.test(key);
      const text = make("textarea", "", {rows: "5", maxlength: "8000", "aria-label": say("note")});
      const status = make("p", say(keeping ? "note_hint" : "newer"), {class: "hint", role: "status"});
      text.value = (record && record.text) || "";
      text.disabled = !keeping;
      text.addEventListener("input", () => {
        const kept = text.value ? store.keep(key, {kind: "note", title: heading.textContent, text: text.value})
          : store.remove(key);
        status.textContent = say(kept ? "note_hint" : "not_kept");
      });
      const words = say(text.value ? "note_there" : "note");
      noted.append(make("details", "", {class: "note"}, [make("summary", words), text, status]));
      noted.hidden = false;
    }

    document.querySelectorAll("[data-continue]").forEach(offer);
    if (!noted) return;
    privateNote();
    note({});
    if (!document.querySelector("[data-conversation]")) watchTheEnd(); // a conversation is tried, not read
    document.addEventListener("peercourse:tried", () => note({tried: new Date().toISOString()}));
  }

  document.addEventListener("DOMContentLoaded", () => start(window.peercourse));
})();
