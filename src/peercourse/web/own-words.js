/* Say it yourself: one's own words come first, then three worked replies and a list of questions to rate them by.
   What is written is kept on this device only. Needs words.js and store.js. */
(() => {
  "use strict";

  function start(place, store) {
    const say = window.peercourseWords("own-words");
    const {ownWords: id, title} = place.dataset;
    const key = `peercourse/words/${id}`;
    const [form, text, worked, status] = ["form", "textarea", ".worked", ".kept"].map((name) => place.querySelector(name));
    const ticks = [...place.querySelectorAll("input[type=checkbox]")];
    const record = store.load(key, "words");
    const keeping = !(record && record.newer);

    function keep() {
      const ticked = ticks.filter((tick) => tick.checked).map((tick) => tick.value);
      const kept = keeping && store.keep(key, {kind: "words", title, text: text.value, ticked});
      status.textContent = kept ? "" : say(keeping ? "not_kept" : "newer");
    }

    function compare() {
      worked.hidden = false;
      worked.open = true;
    }

    form.addEventListener("input", keep);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (!text.value.trim()) {
        status.textContent = say("empty");
        text.focus();
        return;
      }
      compare();
      worked.querySelector("summary").focus();
      document.dispatchEvent(new CustomEvent("peercourse:tried"));
    });
    worked.hidden = true;
    place.querySelector(".actions").hidden = false;
    if (!record || record.newer) return;
    text.value = record.text;
    ticks.forEach((tick) => (tick.checked = record.ticked.includes(tick.value)));
    if (text.value.trim()) {
      status.textContent = say("back");
      if (record.ticked.length) compare();
    }
  }

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-own-words]").forEach((place) => start(place, window.peercourse));
  });
})();
