// A page with the coding widget on a fake kernel: `npm run harness`, then serve this folder; ?lang=en&dark=1&wide=1.
import coder from "../src/coder/index.ts";
import type { Code } from "../src/core/types.ts";
import { FakeModel } from "./fake_kernel.ts";

const asked = new URLSearchParams(location.search);
document.body.dataset.jpThemeLight = asked.has("dark") ? "false" : "true";

const code = (key: string, zh: string, en: string, assignable = true): Code => ({
  key,
  parent: key.includes(".") ? key.slice(0, key.lastIndexOf(".")) : null,
  label: { zh, en },
  definition: { zh: `${zh}：以回避、沉默或放弃的方式应对交往。`, en: `${en}: responds to contact by avoiding, keeping silent or giving up.` },
  include: { zh: "独自坐在角落、找借口不参加", en: "sits alone, finds excuses" },
  exclude: { zh: "因生病、家务等客观原因缺席", en: "absence for illness or chores" },
  example: { zh: "下课我就自己待着，他们玩什么我也不过去。" },
  color: null,
  assignable,
});

const codes = [
  code("type", "偏差类型", "Type of deviance", false),
  code("type.withdrawal", "退缩型", "Withdrawal"),
  code("type.withdrawal.avoidance", "回避同伴", "Avoiding peers"),
  code("type.withdrawal.silence", "沉默少言", "Silence"),
  code("type.withdrawal.submission", "顺从退让", "Giving in"),
  code("type.cathartic", "宣泄型", "Cathartic"),
  code("type.cathartic.outburst", "情绪爆发", "Outburst of emotion"),
  code("type.cathartic.objects", "摔打物品", "Hitting things"),
  code("type.aggressive", "攻击型", "Aggressive"),
  code("type.aggressive.verbal", "言语攻击", "Verbal attack"),
  code("type.aggressive.physical", "身体攻击", "Physical attack"),
  code("cause", "成因", "Cause", false),
  code("cause.family", "家庭", "Family"),
  code("cause.peer", "同伴", "Peers"),
  code("cause.school", "学校", "School"),
  code("strategy", "介入策略", "Strategy", false),
  code("strategy.role_play", "角色扮演", "Role play"),
];

const answers = [
  "嗯……（沉默约十秒）下课我就自己待着，他们玩什么我也不过去。有时候他们喊我，我就说作业没写完。其实写完了的。",
  "奶奶不让我跟他们玩，说要我看弟弟。😀 我也不想去，去了他们也笑我，说我说话像蚊子。",
  "<script>alert('x')</script> <img src=x onerror=alert(1)> 这是原样写出的文字。",
  "有一次我把他的本子撕了，因为他说我爸爸不要我了。我当时就是很气，手就自己动了，后来老师叫我站了一节课。我没有跟奶奶讲，怕她担心。现在想起来还是有一点后悔，可是他也没有跟我道歉。",
];
let text = "访谈编号：A3　日期：2025-03-12\n\n";
const turns: [number, number, string | null, number | null][] = [];
for (let round = 0; round < 30; round += 1) {
  for (const [speaker, words] of [["社工", "那你平时下课都做些什么呢？跟谁一起玩？"], ["A3", answers[round % answers.length]]] as const) {
    text += `${speaker}：`;
    const start = Array.from(text).length;
    text += words;
    turns.push([start, Array.from(text).length, speaker, round * 41_000]);
    text += "\n";
  }
}
const points = Array.from(text);
const at = (quote: string, nth: number, codeKey: string, coder = "Lin", memo = "") => {
  let place = -1;
  for (let n = 0; n <= nth; n += 1) place = text.indexOf(quote, place + 1);
  const start = Array.from(text.slice(0, place)).length;
  return { id: `c${codeKey}${nth}${coder}${start}`, start, end: start + Array.from(quote).length, code: codeKey, coder, memo };
};
const codings = [0, 1, 2, 3].flatMap((n) => [
  at("下课我就自己待着，他们玩什么我也不过去。", n, "type.withdrawal.avoidance", "Lin", n ? "" : "与老师访谈一致"),
  at("（沉默约十秒）", n, "type.withdrawal.silence"),
  at("奶奶不让我跟他们玩，说要我看弟弟。😀 我也不想去", n, "cause.family"),
  at("我也不想去，去了他们也笑我", n, "type.withdrawal"),
  at("去了他们也笑我，说我说话像蚊子", n, "cause.peer"),
  at("我把他的本子撕了，因为他说我爸爸不要我了。我当时就是很气，手就自己动了", n, "type.cathartic.objects"),
  at("他说我爸爸不要我了", n, "cause.peer"),
  at("奶奶不让我跟他们玩", n, "cause.family", "Zhao"),
]);
if (points.length < 10) throw new Error("no text");

const model = new FakeModel({ codes, texts: [{ id: "s1", name: "pre/A3", text, turns, codings }, { id: "s2", name: "post/A3", text: "", turns: [], codings: [] }] }, { language: asked.get("lang") ?? "zh", height: 640 });
const root = document.getElementById("widget")!;
coder.render({ model, el: root });
Object.assign(window, { model });
