// Lays the SPARQL editor over the plain text area; without it the form works as it is.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const area = document.getElementById("query");
  if (!area || typeof Yasqe === "undefined") return;
  const form = area.form;
  const holder = document.createElement("div");
  area.before(holder);
  const editor = new Yasqe(holder, {
    value: area.value,
    persistenceId: null,
    consumeShareLink: null,
    createShareableLink: null,
    showQueryButton: false,
    resizeable: false,
    collapsePrefixesOnLoad: false,
    autocompleters: ["variables", "prefixes"],
    lineNumbers: true,
    screenReaderLabel: "SPARQL 1.1 query",
    extraKeys: {
      // Tab and Shift-Tab leave the editor, as in any other field.
      Tab: false,
      "Shift-Tab": false,
      "Ctrl-Enter": () => form.requestSubmit(),
      "Cmd-Enter": () => form.requestSubmit(),
    },
  });
  area.hidden = true;
  form.addEventListener("submit", () => {
    area.value = editor.getValue();
  });
});
