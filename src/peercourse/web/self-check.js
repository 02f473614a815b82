/* Self-checks: shows the feedback on what was chosen. Stores nothing and knows no item type; each remark says
   which field must hold which value (data-field, data-value), and a remark without both is always shown. */
(function () {
  "use strict";

  function start(form) {
    const part = (name) => form.querySelector(name);
    const controls = [...form.querySelectorAll("input, select")];
    const remarks = [...form.querySelectorAll(".remark")];
    const again = part("[data-do=again]");
    const all = part(".all-feedback");
    const isTicked = (control) => (control.type === "select-one" ? control.value !== "" : control.checked);

    const paragraph = (words) => {
      const element = document.createElement("p");
      element.textContent = words;
      return element;
    };

    /* Whether a remark's condition holds; a remark without one always does. */
    const holds = (remark, ticked) =>
      !remark.dataset.field ||
      ticked.some((control) => control.name === remark.dataset.field && control.value === remark.dataset.value);

    function check(event) {
      event.preventDefault();
      const ticked = controls.filter(isTicked);
      if (!ticked.length) {
        part(".feedback").replaceChildren(paragraph("Choose an answer first."));
        return;
      }
      const list = document.createElement("ul");
      const shown = remarks.filter((remark) => holds(remark, ticked));
      list.append(...shown.map((remark) => remark.cloneNode(true)));
      const missed = remarks.filter((remark) => remark.classList.contains("remark-best") && !holds(remark, ticked));
      const more = controls[0].type === "checkbox" && missed.length ? [paragraph("There is more that fits.")] : [];
      part(".feedback").replaceChildren(list, ...more);
      again.hidden = false;
      all.hidden = false;
    }

    function tryAgain() {
      form.reset();
      part(".feedback").replaceChildren();
      again.hidden = true;
      all.hidden = true;
      all.open = false;
      controls[0].focus();
    }

    part(".actions").hidden = false;
    all.hidden = true;
    form.addEventListener("submit", check);
    again.addEventListener("click", tryAgain);
  }

  document.addEventListener("DOMContentLoaded", () => document.querySelectorAll("form.self-check").forEach(start));
})();
