// How many characters are left, beneath each field that has a limit; a module, so it runs once.
//
// Without this script the limit is told in words and checked by the server. It counts as the server
// does: whole characters, without the space around them.

const PATIENCE = 1000;

function length(field) {
  return [...field.value.trim()].length;
}

function told(field, place) {
  const left = Number(field.dataset.limit) - length(field);
  const words = left < 0 ? field.dataset.over : field.dataset.left;
  return `${words} ${Math.abs(left).toLocaleString(place.closest("[lang]").lang)}`;
}

function add(place, attributes) {
  const line = document.createElement("p");
  for (const [name, value] of Object.entries(attributes)) line.setAttribute(name, value);
  place.append(line);
  return line;
}

function watch(field) {
  const place = field.nextElementSibling;
  // Said aloud only once the typing rests; who sees it sees it at once.
  const heard = add(place, { class: "govuk-visually-hidden", role: "status" });
  const seen = add(place, { class: "count__seen", "aria-hidden": "true" });
  let waiting;

  function show() {
    seen.textContent = told(field, place);
    place.classList.toggle("count--over", length(field) > Number(field.dataset.limit));
  }

  field.addEventListener("input", () => {
    show();
    clearTimeout(waiting);
    waiting = setTimeout(() => (heard.textContent = told(field, place)), PATIENCE);
  });
  show();
}

document.querySelectorAll("textarea[data-limit]").forEach(watch);
