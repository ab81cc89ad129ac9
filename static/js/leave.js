// The quick way out: the button, Escape once, or Shift three times within five seconds.
//
// Hides the page at once, then replaces it in the browser's history by the exit address, where the
// server deletes the session. Without this script the button is a plain link to the same address.
// It is loaded before the page is drawn, so that a key works from the first moment on.

(() => {
  "use strict";

  const SHIFTS_WITHIN = 5000;
  const PATIENCE = 1500;
  const root = document.documentElement;
  const exit = document.currentScript.dataset;
  let shifts = [];

  function cover() {
    root.classList.add("is-leaving");
    document.title = "…";
  }

  function leave() {
    cover();
    location.replace(exit.leave);
    // A server that does not answer must not keep anyone here.
    if (exit.elsewhere) setTimeout(() => location.replace(exit.elsewhere), PATIENCE);
  }

  function watchKeys(event) {
    if (event.key === "Escape") {
      leave();
    } else if (event.key !== "Shift") {
      // Shift with another key is somebody typing a capital letter.
      shifts = [];
    } else if (!event.repeat) {
      shifts = [...shifts, event.timeStamp].filter((time) => event.timeStamp - time < SHIFTS_WITHIN);
      if (shifts.length === 3) leave();
    }
  }

  document.addEventListener("keydown", watchKeys);
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-leave]")) return;
    event.preventDefault();
    leave();
  });

  // A page that the browser kept in memory shows what was answered: cover it and ask the server.
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    cover();
    location.reload();
  });

  root.classList.add("can-leave-by-key");
})();
