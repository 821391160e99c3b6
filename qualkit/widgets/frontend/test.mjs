// Bundles test/*.test.ts into a temporary folder and runs them with node's own test runner.
import { build } from "esbuild";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const outdir = mkdtempSync(join(tmpdir(), "qualkit-test-"));
try {
  await build({
    absWorkingDir: here,
    entryPoints: readdirSync(join(here, "test")).filter((name) => name.endsWith(".test.ts")).map((name) => `test/${name}`),
    bundle: true,
    format: "esm",
    platform: "node",
    outExtension: { ".js": ".mjs" },
    loader: { ".css": "text" },
    logLevel: "warning",
    outdir,
  });
  const files = readdirSync(outdir).map((name) => join(outdir, name));
  const env = { ...process.env, QUALKIT_TEST_DATA: join(here, "..", "..", "..", "tests", "data") };
  process.exitCode = spawnSync(process.execPath, ["--test", ...files], { stdio: "inherit", env }).status ?? 1;
} finally {
  rmSync(outdir, { recursive: true, force: true });
}
