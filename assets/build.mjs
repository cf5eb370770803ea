// Builds the pages' assets into src/outward/web/static and records a digest of the sources.
//
//   npm ci && node build.mjs
//
// The built files are committed, so that nobody needs Node to install or run Outward; a test
// compares the digest recorded here with the sources, without Node.

import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { compile } from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const built = join(here, "..", "src", "outward", "web", "static");

/** The path under assets/ of every file that the built assets depend on, in plain order. */
function sources(folder = here) {
  return readdirSync(folder)
    .filter((name) => name !== "node_modules")
    .map((name) => join(folder, name))
    .flatMap((path) => (statSync(path).isDirectory() ? sources(path) : [relative(here, path).split(sep).join("/")]))
    .sort();
}

/** SHA-256 over each source's path, a line feed, its text and a line feed. */
function digest() {
  const sum = createHash("sha256");
  for (const path of sources()) {
    sum.update(path + "\n");
    sum.update(readFileSync(join(here, path), "utf8").replaceAll("\r\n", "\n") + "\n");
  }
  return sum.digest("hex");
}

function styles() {
  const { css } = compile(join(here, "styles", "outward.scss"), {
    loadPaths: [join(here, "node_modules")],
    style: "compressed",
    quietDeps: true,
  });
  if (/url\(/.test(css)) throw new Error("the styles load something from elsewhere: remove the url()");
  return css + "\n";
}

mkdirSync(built, { recursive: true });
const version = JSON.parse(readFileSync(join(here, "node_modules", "govuk-frontend", "package.json"))).version;
const licence = readFileSync(join(here, "licences", "govuk-frontend.txt"), "utf8");
writeFileSync(join(built, "outward.css"), styles());
writeFileSync(join(built, "outward.js"), readFileSync(join(here, "scripts", "outward.js")));
writeFileSync(join(built, "icon.svg"), readFileSync(join(here, "icon.svg")));
writeFileSync(
  join(built, "LICENCES.txt"),
  `outward.css holds styles of GOV.UK Frontend ${version}, under this licence:\n\n${licence}`,
);
writeFileSync(join(built, "sources.sha256"), digest() + "\n");
console.log("Built the assets into src/outward/web/static");
