/* Shows the forms that belong to a trainee ID: by its last letter or digit, as peercourse.quiz.evaluation does. Keeps and
   sends nothing. Needs words.js. */
(() => {
  "use strict";

  document.addEventListener("DOMContentLoaded", () => {
    const form = document.querySelector("form[data-evaluation]");
    if (!form) return;
    const word = window.peercourseWords("evaluation");
    const id = form.querySelector("input");
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const last = [...id.value.normalize("NFKC").trim().toLowerCase()].pop();
      const known = /^[\p{L}0-9]$/u.test(last || "");
      const first = known && last.codePointAt(0) % 2 === 0 ? "a" : "b";
      for (const row of document.querySelectorAll("[data-occasion]")) {
        const wanted = row.dataset.occasion === "after" ? {a: "b", b: "a"}[first] : first;
        for (const link of row.querySelectorAll("[data-form]")) link.hidden = known && link.dataset.form !== wanted;
      }
      form.querySelector("[role=status]").textContent = word(known ? "yours" : "no_id");
      if (!known) id.focus();
    });
  });
})();
