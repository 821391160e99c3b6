// Colours of codes: one hue per top-level code, children differ by texture; tuned for light and dark.
import type { Code } from "./types.ts";

// Paul Tol's "muted" scheme without its grey: nine hues that stay apart under colour blindness.
const HUES = ["#332288", "#cc6677", "#117733", "#ddaa33", "#88ccee", "#882255", "#44aa99", "#999933", "#aa4499"];
export const TEXTURES = ["solid", "dashed", "dotted", "dashdot"] as const;

export interface Look {
  color: string;
  texture: (typeof TEXTURES)[number];
}

/** A look for each code key; colours of the codebook win and go down to the codes below. */
export function assignLooks(codes: readonly Code[], isDark: boolean): Map<string, Look> {
  const looks = new Map<string, Look>();
  const byKey = new Map(codes.map((code) => [code.key, code]));
  const parents = new Set(codes.map((code) => code.parent ?? ""));
  const given = new Set(codes.flatMap((code) => (isColor(code.color) ? [code.color.toLowerCase()] : [])));
  const free = HUES.filter((hue) => !given.has(hue));
  const palette = free.length > 0 ? free : HUES;
  const hues = new Map<string, string>();
  const used = new Map<string, number>(); // how often a colour was given, for the texture
  for (const code of codes) {
    const path = pathTo(code, byKey);
    let color = path.findLast((step) => isColor(step.color))?.color;
    if (!color) {
      const group = hueGroup(path, parents);
      if (!hues.has(group)) hues.set(group, palette[hues.size % palette.length]);
      color = hues.get(group)!;
    }
    const count = used.get(color) ?? 0;
    if (code.assignable) used.set(color, count + 1);
    looks.set(code.key, { color: forTheme(color, isDark), texture: TEXTURES[count % TEXTURES.length] });
  }
  return looks;
}

/** The codes above and the code itself, from the top. */
function pathTo(code: Code, byKey: Map<string, Code>): Code[] {
  const path = [code];
  while (path[0].parent !== null && byKey.has(path[0].parent) && path.length < 20) path.unshift(byKey.get(path[0].parent)!);
  return path;
}

/** Codes of one group share a hue: the child of a heading with all that is below it, or the leaves of a heading. */
function hueGroup(path: readonly Code[], parents: Set<string>): string {
  const depth = path[0].assignable || path.length === 1 ? 0 : 1;
  return depth === 1 && path.length === 2 && !parents.has(path[1].key) ? path[0].key : path[depth].key;
}

export function isColor(value: string | null): value is string {
  return value !== null && /^#[0-9a-f]{6}$/i.test(value);
}

/** Lighter on dark ground, darker where it would be pale on light ground. */
export function forTheme(color: string, isDark: boolean): string {
  let [r, g, b] = [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16));
  for (let step = 0; step < 12 && contrast(r, g, b, isDark) < (isDark ? 4.5 : 3); step += 1) {
    [r, g, b] = [r, g, b].map((part) => Math.round(isDark ? part + (255 - part) * 0.15 : part * 0.9));
  }
  return `#${[r, g, b].map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}

function contrast(r: number, g: number, b: number, isDark: boolean): number {
  const ground = isDark ? 0.02 : 1; // relative luminance of #252525 and of white
  const luminance = [r, g, b]
    .map((part) => part / 255)
    .map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    .reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
  return (Math.max(luminance, ground) + 0.05) / (Math.min(luminance, ground) + 0.05);
}
