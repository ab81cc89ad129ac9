// The quick way out: the button, Escape once, or Shift three times within five seconds.
//
// Hides the page at once, has the server delete the visit and the browser forget what it kept, then
// replaces the page in the browser's history by a neutral one. Without this script the button is a
// plain link that does the same, but for the hiding.
// It is loaded before the page is drawn, so that a key works from the first moment on, and listens
// before anything else on the page, so that a field, an open list or a half-typed letter cannot
// keep a key to itself.

(() => {
  "use strict";

  const SHIFTS_WITHIN = 5000;
  const PATIENCE = 1500;
  const root = document.documentElement;
  const exit = document.currentScript.dataset;
  let shifts = [];
  let isLeaving = false;
  let beginning = null;

  // Not by a class: the stylesheet may not have come yet. Nothing is drawn, open lists close, and a
  // screen reader has nothing left to read.
  function cover() {
    root.style.setProperty("display", "none", "important");
    document.title = "…";
  }

  // Told by a request of its own, which outlives the page: a server that is slow, at fault or out of
  // reach must not keep anyone here, nor on an error page that names this site.
  function leave() {
    if (isLeaving) return;
    isLeaving = true;
    cover();
    // A preview on the desk has no visit to delete.
    if (!exit.leave) return goElsewhere();
    // Browsers that know no fetch.
    if (!window.fetch) return location.replace(exit.leave);
    const going = setTimeout(goElsewhere, PATIENCE);
    // A visit that is just beginning is deleted once it is there.
    Promise.resolve(beginning)
      .then(() => fetch(exit.leave, { method: "POST", keepalive: true, redirect: "manual" }))
      .catch(() => {})
      .then(() => clearTimeout(going))
      .then(goElsewhere);
  }

  function goElsewhere() {
    location.replace(exit.elsewhere);
  }

  function watchKeys(event) {
    if (event.key === "Escape" || event.code === "Escape") {
      leave();
    } else if (event.key !== "Shift" || event.altKey || event.ctrlKey || event.metaKey) {
      // Shift with another key is somebody typing a capital letter, or changing the keyboard.
      shifts = [];
    } else if (!event.repeat) {
      shifts = [...shifts, event.timeStamp].filter((time) => event.timeStamp - time < SHIFTS_WITHIN);
      if (shifts.length === 3) leave();
    }
  }

  // An open list keeps the key that closes it to itself; only that it is let go reaches the page.
  function watchLists(event) {
    if (event.key === "Escape" && event.target.matches?.("select")) leave();
  }

  // The middle button too, which would open a new window and leave this one as it is.
  function watchPresses(event) {
    const way = event.target.closest("[data-leave]");
    if (!way || event.button === 2) return;
    event.preventDefault();
    leave();
  }

  // What can be read before a visit begins leaves no way back to it: from one such page to the next
  // and on to the first question, each takes the place of the one before in the history. Where the
  // visit is over, going back then finds only pages that are closed.
  function takeItsPlace(event) {
    const link = event.target.closest("a.languages__way");
    const isPlain = !(event.altKey || event.ctrlKey || event.metaKey || event.shiftKey);
    if (!link || !isPlain || isLeaving) return;
    event.preventDefault();
    location.replace(link.href);
  }

  function begin(event) {
    const form = event.target;
    if (!form.dataset.begun || !window.fetch) return;
    event.preventDefault();
    const body = new URLSearchParams(new FormData(form));
    beginning = beginning || fetch(form.action, { method: "POST", body, redirect: "manual" })
      .then((answer) => answer.type === "opaqueredirect", () => false)
      .then((hasBegun) => {
        if (isLeaving) return;
        if (hasBegun) location.replace(form.dataset.begun);
        // What else the server has to say is a page of its own.
        else form.submit();
      });
  }

  addEventListener("keydown", watchKeys, true);
  addEventListener("keyup", watchLists, true);
  addEventListener("click", watchPresses, true);
  addEventListener("auxclick", watchPresses, true);
  addEventListener("click", takeItsPlace);
  addEventListener("submit", begin);

  // A page that the browser keeps in memory shows what was answered. So it is kept covered, and
  // when it comes back the server is asked whether it may still be seen.
  addEventListener("pagehide", (event) => event.persisted && cover());
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    cover();
    location.reload();
  });

  root.classList.add("can-leave-by-key");
})();
