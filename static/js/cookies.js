// The question about the one optional cookie on public pages, and the count of visits after a yes.
//
// Pages are the same bytes for everybody, so what was chosen is read here, from the cookie. Without
// this script nothing is asked and nothing optional is set; /cookies/ does all of it too.

const POLICY = "cookies_policy";
const VISITED = "visited";
const PATIENCE = 10000;
const banner = document.querySelector("[data-cookies]");
let isSaving = false;

function kept(name) {
  const pair = document.cookie.split("; ").find((one) => one.startsWith(`${name}=`));
  return pair ? pair.slice(name.length + 1) : "";
}

// Whoever told the browser that they object has answered already.
function objects() {
  return Boolean(navigator.globalPrivacyControl) || navigator.doNotTrack === "1";
}

async function send(address, fields) {
  const giveUp = new AbortController();
  const waiting = setTimeout(() => giveUp.abort(), PATIENCE);
  const headers = { Accept: "application/json" };
  const body = new URLSearchParams(fields);
  try {
    const answer = await fetch(address, { method: "POST", headers, body, signal: giveUp.signal });
    return answer.ok;
  } catch {
    return false;
  } finally {
    clearTimeout(waiting);
  }
}

// The server decides whether it counts; a device whose clock is wrong only asks it too often.
function countVisit() {
  const month = new Date().toISOString().slice(0, 7);
  if (kept(POLICY) === "usage:yes" && kept(VISITED) !== month) send(banner.dataset.visit, {});
}

function show(name) {
  for (const message of banner.querySelectorAll("[data-message]")) {
    message.hidden = message.dataset.message !== name;
    if (!message.hidden) message.focus();
  }
}

async function choose(usage) {
  if (isSaving) return;
  isSaving = true;
  const isSent = await send(banner.dataset.save, { usage });
  isSaving = false;
  if (!isSent) show("failed");
  else if (kept(POLICY) !== `usage:${usage}`) show("blocked");
  else show(usage === "yes" ? "accepted" : "rejected");
  countVisit();
}

function hide() {
  banner.hidden = true;
  document.getElementById("main").focus({ preventScroll: true });
}

function look() {
  banner.hidden = kept(POLICY) !== "" || objects();
  countVisit();
}

banner.addEventListener("click", ({ target }) => {
  if (target.matches("[data-usage]")) choose(target.dataset.usage);
  else if (target.matches("[data-hide]")) hide();
});
// A page that the browser kept in memory: the question may have been answered on another since.
addEventListener("pageshow", (event) => event.persisted && look());
look();
