/* Asks, deletes what is kept on this device, offers to undo. Needs words.js and store.js. */
window.peercourseDelete = (box, question, names, after) => {
  "use strict";

  const {read, write, remove, make, button, report} = window.peercourse;
  const say = window.peercourseWords("delete");
  const asked = document.activeElement;
  const before = names.map((key) => [key, read(key)]).filter(([, text]) => text !== null);
  const undo = button(say("undo"), () => {
    before.forEach(([key, text]) => write(key, text));
    after();
    report(box, say("undone"));
  });
  const confirm = button(say("delete"), () => {
    names.forEach(remove);
    after();
    report(box, say("deleted"), [make("p", say("until_you_leave"))], [undo]);
  });
  const cancel = button(say("keep"), () => {
    box.hidden = true;
    asked.focus();
  });
  report(box, question, [make("p", say("files_stay"))], [confirm, cancel]);
};
