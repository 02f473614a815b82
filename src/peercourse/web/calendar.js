/* The dates of the boosters as a calendar file (RFC 5545), made on this device. Needs words.js and store.js. */
(() => {
  "use strict";

  const stamp = (date) => date.toISOString().replace(/[-:]|\.\d+/g, "");
  const day = (date) => stamp(date).slice(0, 8);
  const escaped = (text) => text.replace(/[\\;,]/g, "\\$&").replace(/\n/g, "\\n");

  /* The same day some months on; the last of the month where there is none, as after 31 January. */
  function later(date, months) {
    const then = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months + 1, 0));
    then.setUTCDate(Math.min(date.getUTCDate(), then.getUTCDate()));
    return then;
  }

  /* A line takes 75 bytes at most; it goes on in the next one after a space. */
  function folded(line) {
    const parts = [""];
    let room = 75;
    for (const character of line) {
      const size = new TextEncoder().encode(character).length;
      if (size > room) {
        parts.push("");
        room = 74;
      }
      parts[parts.length - 1] += character;
      room -= size;
    }
    return parts.join("\r\n ");
  }

  function event(date, title, address, say) {
    const text = say("description") + (address ? ` ${address}` : "");
    return [
      "BEGIN:VEVENT", `UID:${day(date)}-${Math.random().toString(36).slice(2)}@peercourse`,
      `DTSTAMP:${stamp(new Date())}`, `DTSTART;VALUE=DATE:${day(date)}`,
      `SUMMARY:${escaped(title)}`, `DESCRIPTION:${escaped(text)}`, ...(address ? [`URL:${address}`] : []),
      "TRANSP:TRANSPARENT", "BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:PT9H", `DESCRIPTION:${escaped(title)}`,
      "END:VALARM", "END:VEVENT",
    ];
  }

  function start(form, store) {
    const say = window.peercourseWords("calendar");
    const status = form.querySelector("[role=status]");
    const input = form.querySelector("input");
    const months = form.dataset.calendar.split(" ").map(Number);
    const address = (month) => new URL(`month-${String(month).padStart(2, "0")}.html`, location.href);

    form.addEventListener("submit", (submitted) => {
      submitted.preventDefault();
      if (!input.valueAsDate) {
        status.textContent = say("no_date");
        input.focus();
        return;
      }
      const events = months.flatMap((month) => event(
        later(input.valueAsDate, month), say("title", {count: month}),
        location.protocol.startsWith("http") ? address(month).href : "", say,
      ));
      const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//peercourse//boosters//EN", ...events, "END:VCALENDAR"];
      store.download("peer-support-boosters.ics", lines.map(folded).join("\r\n") + "\r\n", "text/calendar");
      status.textContent = say("saved");
    });
    const today = new Date();
    input.value = new Date(Date.UTC(today.getFullYear(), today.getMonth(), today.getDate())).toISOString().slice(0, 10);
    form.hidden = false;
  }

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-calendar]").forEach((form) => start(form, window.peercourse));
  });
})();
