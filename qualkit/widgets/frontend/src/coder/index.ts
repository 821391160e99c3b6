// The coding widget as anywidget loads it.
import type { Model } from "../core/connection.ts";
import { el } from "../core/dom.ts";
import panels from "../core/panels.css";
import { CoderApp } from "./app.ts";
import style from "./style.css";

function render({ model, el: root }: { model: Model; el: HTMLElement }): () => void {
  const app = new CoderApp(model);
  root.append(el("style", {}, panels + style), app.element);
  app.start();
  return () => app.close();
}

export default { render };
