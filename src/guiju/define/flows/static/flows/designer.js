// The designer: draws a flow with bpmn-js and sends it as a file would be sent.
"use strict";
(() => {
  const form = document.querySelector("form[data-designer]");
  const failed = form.querySelector("[data-failed]"), send = form.querySelector("[data-send]");
  const words = JSON.parse(form.dataset.words);
  const translate = (template, values = {}) => (words[template] ?? template)
    .replace(/{([^}]+)}/g, (whole, name) => values[name] ?? whole);

  const open = async () => {
    const modeler = new window.BpmnJS({
      container: form.querySelector(".canvas"),
      additionalModules: [{ translate: ["value", translate] }],
      textRenderer: { defaultStyle: { fontFamily: getComputedStyle(document.body).fontFamily } },
    });
    if (form.dataset.source) {
      const answer = await fetch(form.dataset.source);
      if (!answer.ok) throw new Error(String(answer.status));
      await modeler.importXML(await answer.text());
    } else {
      await modeler.createDiagram();
    }
    modeler.get("canvas").zoom("fit-viewport", "auto");
    return modeler;
  };

  open().then((modeler) => {
    let isChanged = false;
    modeler.on("commandStack.changed", () => { isChanged = true; });
    window.addEventListener("beforeunload", (event) => { if (isChanged) event.preventDefault(); });
    send.disabled = false;
    send.addEventListener("click", async (event) => {
      event.preventDefault();
      const { xml } = await modeler.saveXML({ format: true });
      isChanged = false;
      form.elements.xml.value = xml;
      form.submit();
    });
    form.dataset.designer = "ready";
  }).catch(() => { failed.hidden = false; });
})();
