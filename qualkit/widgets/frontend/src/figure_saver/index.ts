// Draws a figure in the notebook's own browser and gives the image back, where no other browser is found.
import { Connection, type Message, type Model } from "../core/connection.ts";
import { el } from "../core/dom.ts";

interface Plotly {
  toImage(figure: object, options: { format: string; width: number; height: number; scale: number }): Promise<string>;
}

interface Order {
  figure: object;
  images: { name: string; format: string; width: number; height: number; scale: number }[];
}

/** plotly.js as the kernel sent it: no network is asked for it. */
function loadPlotly(code: DataView): Promise<Plotly> {
  const page = window as unknown as { Plotly?: Plotly; define?: unknown };
  const before = page.Plotly;
  const loader = page.define; // a module loader would keep the library from the page
  page.define = undefined;
  const address = URL.createObjectURL(new Blob([code as BlobPart], { type: "text/javascript" }));
  const script = el("script");
  return new Promise((resolve, reject) => {
    script.onload = () => {
      const plotly = page.Plotly;
      page.Plotly = before;
      if (plotly) resolve(plotly);
      else reject(new Error("plotly.js did not start"));
    };
    script.onerror = () => reject(new Error("plotly.js could not be loaded"));
    script.src = address;
    document.head.append(script);
  }).finally(() => {
    page.define = loader;
    script.remove();
    URL.revokeObjectURL(address);
  }) as Promise<Plotly>;
}

function base64(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text);
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

function toBytes(image: string): Uint8Array<ArrayBuffer> {
  const comma = image.indexOf(",");
  const [head, body] = [image.slice(0, comma), image.slice(comma + 1)];
  return head.endsWith("base64") ? base64(body) : new TextEncoder().encode(decodeURIComponent(body));
}

interface Sender extends Model {
  send(content: object, callbacks?: object, buffers?: ArrayBuffer[]): void;
}

async function draw(model: Sender, message: Message, buffers: DataView[]): Promise<void> {
  const order = message.order as Order;
  const plotly = await loadPlotly(buffers[0]);
  for (const image of order.images) {
    const data = await plotly.toImage(order.figure, image);
    model.send({ v: 1, t: "image", id: image.name, name: image.name }, undefined, [toBytes(data).buffer]);
  }
}

function render({ model, el: root }: { model: Sender; el: HTMLElement }): () => void {
  const line = el("div", { attrs: { role: "status" } }, "…");
  root.append(line);
  const connection = new Connection(model, (message) => {
    if (typeof message.told === "string") line.textContent = message.told;
  });
  const fail = (error: unknown) => {
    line.textContent = String(error);
  };
  connection.ask("hello", {}, (message, buffers) => {
    if (message.order) draw(model, message, buffers).catch(fail);
    else line.textContent = String(message.told ?? message.message ?? "");
  }, () => undefined);
  return () => connection.close();
}

export default { render };
