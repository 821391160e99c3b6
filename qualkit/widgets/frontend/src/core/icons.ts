// Small drawings for buttons, so that no font needs to have the signs.

const PATHS = {
  undo: "M5 3 2 6l3 3M2 6h7a4.5 4.5 0 0 1 0 9H5",
  redo: "M11 3l3 3-3 3M14 6H7a4.5 4.5 0 0 0 0 9h4",
  expand: "M2 6V2h4M10 2h4v4M14 10v4h-4M6 14H2v-4",
  previous: "M10 3 5 8l5 5",
  next: "M6 3l5 5-5 5",
  close: "M4 4l8 8M12 4l-8 8",
} as const;

export function icon(name: keyof typeof PATHS): SVGSVGElement {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  const shape = { viewBox: "0 0 16 16", width: "16", height: "16", fill: "none", stroke: "currentColor", "stroke-width": "1.6", "stroke-linecap": "round", "stroke-linejoin": "round", "aria-hidden": "true" };
  for (const [key, value] of Object.entries(shape)) svg.setAttribute(key, value);
  const path = document.createElementNS(space, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}
