/* A practice conversation, played from the transcript that stands in its page. Holds no text of its own and sends
   nothing. The way taken is kept on this device. Needs words.js and store.js. */
(() => {
  "use strict";

  function start(place, store) {
    const {make, button} = store;
    const say = window.peercourseWords("conversation");
    const {conversation: id, edition, title, start: first} = place.dataset;
    const key = `peercourse/conversation/${id}`;
    const [play, whole] = [".play", ".whole"].map((name) => place.querySelector(name));
    const byName = (kind) => new Map([...whole.querySelectorAll(`[data-${kind}]`)].map((one) => [one.dataset[kind], one]));
    const [turns, endings] = ["turn", "ending"].map(byName);
    const status = make("p", "", {class: "kept", role: "status"});
    const now = make("div", "", {class: "now"});
    let log = make("div", "");
    let thread = make("ol", "");
    let path = []; // names of turns with the reply given there: ["door", "2"]
    let found = []; // names of endings reached so far
    let keeping = true; // false where a later edition of the course keeps its own record

    const repliesOf = (turn) => [...turns.get(turn).querySelectorAll("[data-reply]")]
      .sort((one, other) => one.dataset.place - other.dataset.place);
    const replyOf = ([turn, reply]) => turns.get(turn).querySelector(`[data-reply="${reply}"]`);
    const follows = () => (path.length ? replyOf(path.at(-1)).dataset.goto : first);
    const copy = (element, name) => element.querySelector(name).cloneNode(true);

    /* The way as it was kept, as far as it can still be gone. */
    function walkable(steps) {
      let turn = first;
      const valid = (step) => {
        const fits = Array.isArray(step) && step[0] === turn && turns.has(turn) && /^\d$/.test(step[1]) && replyOf(step);
        turn = fits ? fits.dataset.goto : "";
        return fits;
      };
      return steps.every(valid) ? steps : [];
    }

    function load() {
      const record = store.load(key, "conversation");
      keeping = !(record && record.newer);
      if (!record || record.newer) return keeping ? "" : say("newer");
      found = [...new Set(record.endings)].filter((name) => endings.has(name));
      path = record.edition === edition ? walkable(record.path) : [];
      return path.length ? say("resumed") : record.path.length ? say("revised") : "";
    }

    function keep() {
      if (keeping && !store.keep(key, {kind: "conversation", title, edition, path, endings: found})) {
        status.textContent = say("not_kept");
      }
    }

    /* What the colleague says, and how that compares with the turn before. */
    function theirs(turn, before) {
      const says = copy(turns.get(turn), ".says");
      for (const what of before ? ["open", "distress"] : []) {
        const change = turns.get(turn).dataset[what] - turns.get(before).dataset[what];
        if (change) {
          says.querySelector(`.${what}`).append(make("span", change > 0 ? " ↑" : " ↓", {"aria-hidden": "true"}),
            make("span", ` ${say(change > 0 ? "more" : "less")}`, {class: "visually-hidden"}));
        }
      }
      return make("li", "", {class: "theirs"}, [says]);
    }

    function mine(step) {
      const reply = replyOf(step);
      const view = make("details", "", {class: "view"}, [make("summary", say("coach")), copy(reply, ".coach")]);
      return make("li", "", {class: "mine"}, [make("p", say("you"), {class: "who"}), copy(reply, ".said, .done"), view]);
    }

    /* A new region, so that nothing is read out once more. */
    function rebuild() {
      thread = make("ol", "", {class: "thread"});
      path.forEach((step, index) => thread.append(theirs(step[0], index && path[index - 1][0]), mine(step)));
      if (turns.has(follows())) thread.append(theirs(follows(), path.length && path.at(-1)[0]));
      const fresh = make("div", "", {role: "log", "aria-label": say("thread")}, [thread]);
      log.replaceWith(fresh);
      log = fresh;
      show();
    }

    function show() {
      const name = follows();
      log.hidden = endings.has(name);
      now.replaceChildren(...(log.hidden ? ended(name) : asked(name)), controls());
    }

    function asked(turn) {
      const notes = make("button", say("ask_coach"), {type: "button", class: "ask-coach", "aria-expanded": "false"});
      const rows = repliesOf(turn).map((reply) => {
        const text = reply.querySelector(".said, .done");
        const choose = button(text.textContent, () => take(turn, reply.dataset.reply));
        choose.className = text.className;
        const coach = copy(reply, ".coach");
        coach.hidden = true;
        return make("li", "", {}, [choose, coach]);
      });
      notes.addEventListener("click", () => {
        const open = notes.getAttribute("aria-expanded") === "false";
        notes.setAttribute("aria-expanded", String(open));
        notes.textContent = say(open ? "hide_coach" : "ask_coach");
        rows.forEach((row) => (row.lastChild.hidden = !open));
      });
      return [heading("ask"), make("ul", "", {class: "choices"}, rows), notes];
    }

    function take(turn, reply) {
      const last = thread.lastChild;
      path.push([turn, reply]);
      const next = follows();
      if (endings.has(next)) {
        if (!found.includes(next)) found.push(next);
        document.dispatchEvent(new CustomEvent("peercourse:tried"));
      }
      status.textContent = "";
      keep();
      if (turns.has(next)) thread.append(mine([turn, reply]), theirs(next, turn));
      show();
      settle(turns.has(next) ? last.nextSibling : null);
    }

    /* Focus goes to the heading above what can be done now; the page scrolls to what is new. */
    function settle(element) {
      const title = now.querySelector("h2");
      title.focus({preventScroll: true});
      (element || title).scrollIntoView({block: "start"});
    }

    function ended(name) {
      const ending = endings.get(name).cloneNode(true);
      ending.removeAttribute("id");
      for (const old of ending.querySelectorAll("h3, h4")) {
        // One level up: here no heading stands above the ending but the page's own.
        old.replaceWith(make(old.matches("h3") ? "h2" : "h3", old.textContent, {class: old.className}));
      }
      ending.querySelector("h2").tabIndex = -1;
      const helped = path.map(replyOf).filter((reply) => reply.matches(".skill"));
      const moments = helped.map((reply) => make("li", "", {}, [copy(reply, ".said, .done"), copy(reply, ".name")]));
      const lines = path.map((step, index) => make("li", "", {}, [
        copy(turns.get(step[0]), ".says"), copy(replyOf(step), ".said, .done"), copy(replyOf(step), ".coach"),
        from(index),
      ]));
      return [
        ending,
        make("p", say("found", {count: found.length, all: endings.size}), {class: "found"}),
        make("h3", say("helped")),
        moments.length ? make("ul", "", {class: "moments"}, moments) : make("p", say("none")),
        make("h3", say("all_lines")),
        make("ol", "", {class: "debrief"}, lines),
      ];
    }

    function from(index) {
      const again = button(say("here"), () => goBackTo(index));
      again.setAttribute("aria-label", say("here_label", {number: index + 1}));
      return again;
    }

    function goBackTo(length) {
      path = path.slice(0, length);
      status.textContent = "";
      keep();
      rebuild();
      settle(thread.lastChild);
    }

    function heading(name) {
      return make("h2", say(name), {tabindex: "-1", class: "ask"});
    }

    function controls() {
      const actions = [button(say("back"), () => goBackTo(path.length - 1)), button(say("again"), () => goBackTo(0))];
      actions.forEach((one) => (one.disabled = !path.length));
      return make("div", "", {class: "actions"}, actions);
    }

    const all = make("button", say("read_all"), {type: "button", class: "read-all", "aria-expanded": "false"});
    all.addEventListener("click", () => {
      whole.hidden = !whole.hidden;
      all.setAttribute("aria-expanded", String(!whole.hidden));
      all.textContent = say(whole.hidden ? "read_all" : "hide_all");
    });
    whole.hidden = true;
    play.hidden = false;
    status.textContent = load();
    play.append(status, log, now, all);
    rebuild();
  }

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-conversation]").forEach((place) => start(place, window.peercourse));
  });
})();
