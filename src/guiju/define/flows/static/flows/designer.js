// The designer: draws a flow with bpmn-js and sends it as a file would be sent.
"use strict";
(() => {
  const form = document.querySelector("form[data-designer]");
  const failed = form.querySelector("[data-failed]"), send = form.querySelector("[data-send]");
  const words = JSON.parse(form.dataset.words);
  const translate = (template, values = {}) => (words[template] ?? template)
    .replace(/{([^}]+)}/g, (whole, name) => values[name] ?? whole);

  // All of it where words stay legible, else its beginning; beside the palette in either case.
  const show = (canvas) => {
    const least = 0.8, palette = 120, { width } = canvas.getContainer().getBoundingClientRect();
    const scale = canvas.zoom("fit-viewport", "auto") * (1 - palette / width);
    canvas.zoom(Math.max(scale, least));
    const { inner, outer } = canvas.viewbox();
    canvas.viewbox({
      ...canvas.viewbox(),
      x: inner.x - palette * (outer.width ? canvas.viewbox().width / outer.width : 1),
      y: inner.y + inner.height / 2 - canvas.viewbox().height / 2,
    });
  };

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
    show(modeler.get("canvas"));
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
