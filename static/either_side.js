// Stylesheets that hold for both directions of writing: left and right become start and end.
//
// GOV.UK Frontend is written for text from the left. Turned this way here, once and whole, it needs
// no second set of rules for Arabic. A rule that names a direction (`[dir="rtl"]`) means its sides,
// as do the insets of a screen with rounded corners: they stay as they are.

const SIDES = { left: "start", right: "end" };
const NAMES = /(^|;)(margin|padding|border)-(left|right)(?=[-:])/g;
const PLACES = /(^|;)(left|right)(?=:)/g;
const ALIGNED = /(^|;)(text-align|float):(left|right)(?=;|$|!| )/g;

function turned(declarations) {
  return declarations
    .replace(NAMES, (_, before, name, side) => `${before}${name}-inline-${SIDES[side]}`)
    .replace(PLACES, (_, before, side) => `${before}inset-inline-${SIDES[side]}`)
    .replace(ALIGNED, (_, before, name, side) =>
      name === "float" ? `${before}float:inline-${SIDES[side]}` : `${before}${name}:${SIDES[side]}`);
}

export function forEitherSide(css) {
  return css.replace(/([^{}]*)\{([^{}]*)\}/g, (rule, selector, declarations) =>
    selector.includes("[dir=") || /safe-area-inset-(left|right)/.test(declarations)
      ? rule
      : `${selector}{${turned(declarations)}}`);
}
