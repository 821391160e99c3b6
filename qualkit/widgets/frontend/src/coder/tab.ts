// The coding widget as a tab of the workbench: opened when it is first shown, told when documents changed.
import type { MakeTab } from "../workbench/tab.ts";
import { CoderApp } from "./app.ts";

export const codeTab: MakeTab = (model) => {
  const app = new CoderApp(model);
  let isStarted = false;
  return {
    element: app.element,
    shown: (target) => {
      if (!isStarted) app.start(target);
      else if (!target) app.session.look();
      else {
        app.card.hide();
        app.session.greet(target); // it may have come in since, so everything is asked for anew
      }
      isStarted = true;
    },
    themed: () => undefined, // it looks at the theme itself
    close: () => {
      if (isStarted) app.close();
    },
  };
};
