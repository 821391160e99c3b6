// Builds ../static/*.js from src; `--check` compares with the committed files, `--harness` writes a page with a fake kernel.
import { build } from "esbuild";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const outdir = join(here, "..", "static");
const budgets = { coder: 150_000, quotes: 80_000, speakers: 80_000, workbench: 200_000, figure_saver: 20_000 };

const shared = {
  absWorkingDir: here,
  bundle: true,
  charset: "utf8",
  format: "esm",
  legalComments: "none",
  loader: { ".css": "text" },
  logLevel: "warning",
  minify: true,
  target: ["es2022"],
  write: false,
};

async function bundle(name) {
  const result = await build({ ...shared, entryPoints: [`src/${name}/index.ts`] });
  return Buffer.from(`// qualkit, MIT licence; built from qualkit/widgets/frontend/src/${name}\n${result.outputFiles[0].text}`);
}

async function writeHarness() {
  const folder = join(here, "harness", "built");
  await mkdir(folder, { recursive: true });
  const result = await build({ ...shared, minify: false, entryPoints: ["harness/harness.ts"] });
  await writeFile(join(folder, "harness.js"), result.outputFiles[0].text);
}

let failed = false;
for (const [name, budget] of Object.entries(budgets)) {
  const code = await bundle(name);
  const path = join(outdir, `${name}.js`);
  if (code.length > budget) {
    console.error(`${name}.js has ${code.length} bytes, more than its budget of ${budget}.`);
    failed = true;
  }
  if (process.argv.includes("--check")) {
    const committed = await readFile(path).catch(() => Buffer.alloc(0));
    const same = committed.equals(code);
    failed ||= !same;
    console.log(`${name}.js ${same ? "equals" : "DIFFERS FROM"} a fresh build; run \`npm run build\` after changing src.`);
  } else {
    await mkdir(outdir, { recursive: true });
    await writeFile(path, code);
    console.log(`${name}.js ${code.length} bytes`);
  }
}
if (process.argv.includes("--harness")) await writeHarness();
process.exitCode = failed ? 1 : 0;
