// Builds var/build: stylesheets from static/scss, the typeface and the icon. Run `npm run build`.

import { copyFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import { compile } from "sass";

const ROOT = resolve(fileURLToPath(import.meta.url), "../..");
const SOURCE = join(ROOT, "static");
const MODULES = join(ROOT, "node_modules");
const TARGET = join(ROOT, "var", "build");
const TYPEFACE = join(MODULES, "@fontsource-variable", "atkinson-hyperlegible-next");

function buildStylesheet(name) {
  const { css } = compile(join(SOURCE, "scss", `${name}.scss`), {
    loadPaths: [MODULES],
    style: "compressed",
    quietDeps: true,
  });
  writeFileSync(join(TARGET, `${name}.css`), css);
}

function copyTypeface() {
  mkdirSync(join(TARGET, "fonts"));
  // Latin alone lacks the ŵ and ŷ of Welsh; browsers fetch the second file only where it is used.
  for (const subset of ["latin", "latin-ext"]) {
    const file = `atkinson-hyperlegible-next-${subset}-wght-normal.woff2`;
    copyFileSync(join(TYPEFACE, "files", file), join(TARGET, "fonts", file));
  }
  copyFileSync(join(TYPEFACE, "LICENSE"), join(TARGET, "fonts", "LICENSE.txt"));
}

rmSync(TARGET, { recursive: true, force: true });
mkdirSync(TARGET, { recursive: true });
for (const name of ["heard", "desk"]) buildStylesheet(name);
copyTypeface();
copyFileSync(join(SOURCE, "icon.svg"), join(TARGET, "icon.svg"));
