// Making elements: text only ever becomes text nodes, attributes come from this program alone.

type Child = Node | string | null | undefined | false;
interface Props {
  class?: string;
  title?: string;
  attrs?: Record<string, string>;
  style?: Record<string, string>;
  on?: Partial<{ [K in keyof HTMLElementEventMap]: (event: HTMLElementEventMap[K]) => void }>;
}

export function el<K extends keyof HTMLElementTagNameMap>(tag: K, props: Props = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  if (props.class) element.className = props.class;
  if (props.title) element.title = props.title;
  for (const [name, value] of Object.entries(props.attrs ?? {})) element.setAttribute(name, value);
  for (const [name, value] of Object.entries(props.style ?? {})) element.style.setProperty(name, value);
  for (const [name, listener] of Object.entries(props.on ?? {})) element.addEventListener(name, listener as EventListener);
  for (const child of children) if (child || child === "") element.append(child);
  return element;
}

export function replaceChildren(element: Element, ...children: Child[]): void {
  element.replaceChildren(...children.filter((child): child is Node | string => Boolean(child)));
}

export function button(label: Node | string, title: string, onClick: (event: MouseEvent) => void, className = "qk-button"): HTMLButtonElement {
  const element = el("button", { class: className, title, attrs: { type: "button", "aria-label": title }, on: { click: onClick } }, label);
  return element;
}

/** An entry of a menu. */
export function option(value: string, text: string): HTMLOptionElement {
  const element = el("option", {}, text);
  element.value = value;
  return element;
}

/** Is this key press part of typing Chinese with an input method? Then it is not ours. */
export function isComposing(event: KeyboardEvent): boolean {
  if (event.isComposing) return true;
  const isCharacter = event.key === "Enter" || event.key === "Process" || event.key.length === 1;
  return event.keyCode === 229 && isCharacter;
}

/** No key pressed in a widget, and nothing copied or pasted there, may reach the notebook. */
export function keepFromNotebook(element: HTMLElement): void {
  for (const name of ["keydown", "keyup", "keypress", "copy", "cut", "paste"]) element.addEventListener(name, (event) => event.stopPropagation());
}
