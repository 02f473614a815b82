/* The observation sheet: says how it stands by the public rule, and stops a file that would not be taken in. quiz.js
   keeps and saves the sheet, with words of this script in place of its own. Needs words.js, store.js and quiz.js. */
(() => {
  "use strict";

  const word = window.peercourseWords("observe");

  function start(form, store) {
    const ids = ["trainee-id", "observer-id"].map((name) => form.elements[name]);
    const behaviours = [...form.querySelectorAll("fieldset[data-item]")];
    const isMarked = (behaviour) => behaviour.querySelector(":checked");
    const count = (level) => form.querySelectorAll(`fieldset [value="${level}"]:checked`).length;

    /* The same rule as PassRule.passes of peercourse.quiz.types.observed. */
    function soFar() {
      const [harmful, none, basic, full] = ["harmful", "not-shown", "basic", "full"].map(count);
      const open = behaviours.filter((behaviour) => !isMarked(behaviour)).length;
      const isLost = harmful > 0 || none > form.dataset.notShown;
      const isEnough = full >= form.dataset.full;
      const verdict = isLost || !(open || isEnough) ? "not_passed" : !isEnough ? "not_yet" : open ? "passed_so_far" : "passed";
      form.querySelector(".so-far").textContent = `${word("so_far", {harmful, none, basic, full})} ${word(verdict)}`;
    }

    function complain(control, sentence) {
      const error = document.getElementById(`${control.id}-error`);
      error.hidden = !sentence;
      error.textContent = sentence;
      control.setAttribute("aria-invalid", Boolean(sentence));
    }

    /* What is wrong with an ID, in a sentence; empty where nothing is. */
    function wrongWith(id) {
      id.value = id.value.normalize("NFKC").trim();
      if (!new RegExp(`^(?:${id.pattern})$`, "u").test(id.value.toLowerCase())) return word(id === ids[1] ? "wrong_observer" : "wrong_trainee");
      const [trainee, observer] = ids.map((one) => one.value.toLowerCase());
      return id === ids[1] && observer === trainee ? word("same_id") : "";
    }

    function link(words, control, place) {
      const found = store.make("a", words, {href: `#${place.id || control.id}`});
      found.addEventListener("click", () => setTimeout(() => control.focus()));
      return store.make("li", "", {}, [found]);
    }

    /* A list of links to all that is still wrong or open. */
    function problems() {
      const lines = [];
      for (const id of ids) {
        const sentence = wrongWith(id);
        complain(id, sentence);
        if (sentence) lines.push(link(sentence, id, id));
      }
      for (const item of form.querySelectorAll("[data-item]:not([data-item=observer-id], .note)")) {
        const control = item.querySelector("input, select");
        const isOpen = control.type === "radio" ? !isMarked(item) : !control.value;
        if (isOpen) lines.push(link(item.querySelector(".number").textContent, control, item));
      }
      return lines;
    }

    document.addEventListener("submit", (event) => {
      const lines = problems();
      if (!lines.length) return;
      event.preventDefault();
      event.stopPropagation();
      store.report(form.querySelector(".report"), word("stopped"), [store.make("ul", "", {}, lines)]);
    }, true);
    /* quiz.js writes its count whenever what the sheet holds has changed. */
    new MutationObserver(soFar).observe(form.querySelector(".progress"), {childList: true});
  }

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("form.sheet").forEach((form) => start(form, window.peercourse));
  });
})();
