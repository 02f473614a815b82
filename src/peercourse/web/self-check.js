/* Self-checks: shows the feedback on what was chosen. Stores nothing and knows no item type: a remark says which field
   must hold which value (data-field, data-value). One that names no field is always shown; so is one with data-always,
   which also says whether the field holds the value. Needs words.js. */
(() => {
  "use strict";

  const word = window.peercourseWords("self-check");

  function start(form) {
    const part = (name) => form.querySelector(name);
    const controls = [...form.querySelectorAll("input, select")];
    const [again, all, feedback] = ["[data-do=again]", ".all-feedback", ".feedback"].map(part);
    const isGiven = (control) => (control.type === "select-one" ? control.value : control.checked);

    function make(tag, words, children = []) {
      const element = document.createElement(tag);
      element.textContent = words;
      element.append(...children);
      return element;
    }

    function copy(remark, right) {
      const shown = remark.cloneNode(true);
      if ("always" in remark.dataset) {
        shown.className = `remark remark-${right ? "best" : "other"}`;
        shown.querySelector(".mark").textContent = right ? "✓" : "○";
        shown.querySelector("strong").prepend(word(right ? "right" : "wrong") + " ");
      }
      return shown;
    }

    function check(event) {
      event.preventDefault();
      const given = controls.filter(isGiven);
      const chosen = ({dataset: {field, value}}) =>
        !field || given.some((control) => control.name === field && control.value === value);
      const remarks = [...form.querySelectorAll("details .remark")];
      const shown = remarks.filter((one) => chosen(one) || "always" in one.dataset).map((one) => copy(one, chosen(one)));
      const missed = controls[0].type === "checkbox" && remarks.some((one) => one.matches(".remark-best") && !chosen(one));
      if (given.length) feedback.replaceChildren(make("ul", "", shown), make("p", missed ? word("more") : ""));
      else feedback.replaceChildren(make("p", word("choose")));
      again.hidden = all.hidden = !given.length;
    }

    part(".actions").hidden = false;
    all.hidden = true;
    form.addEventListener("submit", check);
    again.addEventListener("click", () => {
      form.reset();
      feedback.replaceChildren();
      again.hidden = all.hidden = true;
      all.open = false;
      controls[0].focus();
    });
  }

  document.addEventListener("DOMContentLoaded", () => document.querySelectorAll("form.self-check").forEach(start));
})();
