import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Codes } from "../src/core/codes.ts";
import { assignLooks, forTheme, isColor } from "../src/core/colors.ts";
import { catalogues as core, sayIn } from "../src/core/messages.ts";
import { QuickCodes } from "../src/core/quick.ts";
import type { Code } from "../src/core/types.ts";
import { catalogues as documents, sayIn as sayDocuments } from "../src/documents/messages.ts";
import { kindName, waveName } from "../src/documents/names.ts";
import { catalogues as codebook } from "../src/codebook/messages.ts";
import { catalogues as history } from "../src/history/messages.ts";
import { catalogues as memos } from "../src/memos/messages.ts";
import { catalogues as speakers } from "../src/speakers/messages.ts";
import { catalogues as table } from "../src/table/messages.ts";
import { catalogues as workbench } from "../src/workbench/messages.ts";

const source = join(process.env.QUALKIT_TEST_DATA!, "..", "..", "qualkit", "widgets", "frontend", "src");
const files = readdirSync(source, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
const read = (name: string) => readFileSync(join(source, name), "utf8");

const code = (key: string, zh: string, en: string, assignable = true): Code => ({
  key, parent: key.includes(".") ? key.slice(0, key.lastIndexOf(".")) : null,
  label: { zh, en }, definition: {}, include: {}, exclude: {}, example: {}, color: null, assignable,
});
const all = [
  code("type", "偏差类型", "Type", false),
  code("type.withdrawal", "退缩型", "Withdrawal"),
  code("type.withdrawal.silence", "沉默少言", "Silence"),
  code("type.aggressive", "攻击型", "Aggressive"),
  code("cause", "成因", "Cause", false),
  code("cause.family", "家庭", "Family"),
];

const catalogues: Record<string, Record<"zh" | "en", Record<string, string>>> = { codebook, core, documents, history, memos, speakers, table, workbench };
const UNSAID = ["documentActions"]; // a column of buttons needs no title

test("both languages have every sentence with the same values in it", () => {
  const values = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();
  for (const { zh, en } of Object.values(catalogues)) {
    assert.deepEqual(Object.keys(zh).sort(), Object.keys(en).sort());
    for (const key of Object.keys(en)) {
      assert.ok(UNSAID.includes(key) || (zh[key] && en[key]), key);
      assert.deepEqual(values(zh[key]), values(en[key]), key);
    }
  }
});

test("no sentence stands in two catalogues under one name", () => {
  const keys = Object.values(catalogues).flatMap(({ en }) => Object.keys(en));
  assert.equal(new Set(keys).size, keys.length);
});

test("every sentence of the catalogues is used, and Chinese stands nowhere else", () => {
  const program = files.filter((name) => !name.endsWith("messages.ts")).map(read).join("\n");
  for (const key of Object.values(catalogues).flatMap(({ en }) => Object.keys(en))) assert.match(program, new RegExp(`"${key}"`), key);
  for (const name of files.filter((each) => !each.endsWith("messages.ts"))) {
    const withoutComments = read(name).replace(/\/\/.*$|\/\*[\s\S]*?\*\//gm, "").replace(/"[。，【】？]"|\[[^\]]*。[^\]]*\]|\(\[。[^\n]*/g, "");
    assert.doesNotMatch(withoutComments, /[\u4e00-\u9fff]/, name);
  }
});

test("material and waves have the words of the field, and keep the names that a study gave", () => {
  const say = sayDocuments("zh");
  const kinds = ["dictionary", "logic chain", "scale/cyrm-28", "survey/家庭问卷", "陪伴记录"];
  assert.deepEqual(kinds.map((kind) => kindName(kind, say)), ["词表", "介入逻辑链", "量表 cyrm-28", "问卷 家庭问卷", "陪伴记录"]);
  assert.deepEqual(["mid", "T1"].map((wave) => waveName(wave, say)), ["中测", "T1"]);
});

test("text never becomes markup", () => {
  for (const name of files) assert.doesNotMatch(read(name), /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function/, name);
});

test("values are put into sentences as they are", () => {
  assert.equal(sayIn("en")("noMatch", { query: "<b>{query}$1" }), "No code fits “<b>{query}$1”. Delete a letter or press Esc.");
});

test("codes are found by both labels, by key and by path, beginnings first", () => {
  const codes = new Codes(all, "zh");
  assert.deepEqual(codes.find("silen").map((each) => each.key), ["type.withdrawal.silence"]);
  assert.equal(codes.find("退缩")[0].key, "type.withdrawal");
  assert.deepEqual(codes.find("退缩 沉默").map((each) => each.key), ["type.withdrawal.silence"]);
  assert.equal(codes.find("ＦＡＭＩＬＹ")[0].key, "cause.family");
  assert.deepEqual(codes.find("不存在"), []);
  assert.equal(codes.path("type.withdrawal.silence"), "偏差类型 / 退缩型");
});

test("a codebook with a loop or a lost parent still opens", () => {
  const broken = [{ ...code("a", "甲", "A"), parent: "b" }, { ...code("b", "乙", "B"), parent: "a" }, { ...code("c", "丙", "C"), parent: "gone" }];
  const codes = new Codes(broken, "zh");
  assert.deepEqual(codes.tree.map((each) => each.code.key), ["c"]);
  assert.ok(codes.path("a").length < 200);
  assert.equal(assignLooks(broken, false).size, 3);
});

test("codes of one branch share a hue and differ in texture, branches differ in hue", () => {
  const looks = assignLooks(all, false);
  const look = (key: string) => looks.get(key)!;
  assert.equal(look("type.withdrawal").color, look("type.withdrawal.silence").color);
  assert.notEqual(look("type.withdrawal").texture, look("type.withdrawal.silence").texture);
  assert.equal(new Set(["type.withdrawal", "type.aggressive", "cause.family"].map((key) => look(key).color)).size >= 2, true);
});

test("a colour of the codebook goes down to the codes below and is not given to others", () => {
  const colored = all.map((each) => (each.key === "type.withdrawal" ? { ...each, color: "#332288" } : each));
  const looks = assignLooks(colored, false);
  assert.equal(looks.get("type.withdrawal.silence")!.color, "#332288");
  assert.notEqual(looks.get("type.withdrawal.silence")!.texture, looks.get("type.withdrawal")!.texture);
  for (const key of ["type.aggressive", "cause.family"]) assert.notEqual(looks.get(key)!.color, "#332288");
});

test("only plain hexadecimal colours are taken from a codebook", () => {
  assert.ok(isColor("#12aBc3"));
  for (const value of ["red", "#fff", "#12345g", "url(x)", "#123456;background:url(x)", null]) assert.equal(isColor(value), false);
});

test("colours can be told from the ground in both themes", () => {
  assert.notEqual(forTheme("#ffff99", false), "#ffff99");
  assert.notEqual(forTheme("#332288", true), "#332288");
  assert.equal(forTheme("#332288", false), "#332288");
});

test("a quick code keeps its digit; a new one takes that of the one unused for longest", () => {
  const quick = new QuickCodes();
  quick.suggest(["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"]);
  assert.equal(quick.digitOf("j"), null);
  for (const id of ["b", "a", "i"]) quick.use(id);
  assert.equal(quick.digitOf("a"), 1);
  quick.use("new");
  assert.equal(quick.digitOf("new"), 8);
  assert.equal(quick.last, "new");
  assert.deepEqual([quick.digitOf("a"), quick.digitOf("b"), quick.digitOf("i")], [1, 2, 9]);
});
