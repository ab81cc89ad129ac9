// Builds var/build: stylesheets from static/scss, the typefaces and the icon. Run `npm run build`.

import { copyFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import { compile } from "sass";

import { forEitherSide } from "./either_side.js";

const ROOT = resolve(fileURLToPath(import.meta.url), "../..");
const SOURCE = join(ROOT, "static");
const MODULES = join(ROOT, "node_modules");
const TARGET = join(ROOT, "var", "build");
// Latin alone lacks the ŵ and ŷ of Welsh; browsers fetch the other files only where they are used.
const TYPEFACES = {
  "atkinson-hyperlegible-next": ["latin", "latin-ext"],
  "noto-sans-arabic": ["arabic"],
};
// Paper is set by a program that takes neither woff2 nor variable fonts.
const PAPER_TYPEFACES = {
  "atkinson-hyperlegible-next": ["400Regular", "400Regular_Italic", "700Bold", "700Bold_Italic"],
  "noto-sans-arabic": ["400Regular", "700Bold"],
};

function buildStylesheet(name) {
  const { css } = compile(join(SOURCE, "scss", `${name}.scss`), {
    loadPaths: [MODULES],
    style: "compressed",
    quietDeps: true,
  });
  // Django's admin brings a stylesheet of its own for text from the right.
  writeFileSync(join(TARGET, `${name}.css`), name === "heard" ? forEitherSide(css) : css);
}

function copyTypefaces() {
  mkdirSync(join(TARGET, "fonts"));
  for (const [name, subsets] of Object.entries(TYPEFACES)) {
    const source = join(MODULES, "@fontsource-variable", name);
    for (const subset of subsets) {
      const file = `${name}-${subset}-wght-normal.woff2`;
      copyFileSync(join(source, "files", file), join(TARGET, "fonts", file));
    }
    copyFileSync(join(source, "LICENSE"), join(TARGET, "fonts", `LICENSE-${name}.txt`));
  }
}

function copyPaperTypefaces() {
  const target = join(TARGET, "fonts", "paper");
  mkdirSync(target);
  for (const [name, styles] of Object.entries(PAPER_TYPEFACES)) {
    const source = join(MODULES, "@expo-google-fonts", name);
    for (const style of styles) {
      const [file] = readdirSync(join(source, style)).filter((each) => each.endsWith(".ttf"));
      copyFileSync(join(source, style, file), join(target, file));
    }
  }
}

rmSync(TARGET, { recursive: true, force: true });
mkdirSync(TARGET, { recursive: true });
for (const name of ["heard", "desk"]) buildStylesheet(name);
copyTypefaces();
copyPaperTypefaces();
copyFileSync(join(SOURCE, "icon.svg"), join(TARGET, "icon.svg"));
