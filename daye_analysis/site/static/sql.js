// Runs SQL over the exported SQLite file, in this browser alone.
"use strict";
(async () => {
  const form = document.querySelector("#console"), place = document.querySelector("#result"), save = document.querySelector("#save");
  const SQL = await initSqlJs({ locateFile: (name) => form.dataset.library + name });
  const answer = await fetch(form.dataset.database);
  const database = new SQL.Database(new Uint8Array(await answer.arrayBuffer()));
  let last = null;
  const cell = (tag, words) => { const made = document.createElement(tag); made.textContent = words ?? ""; return made; };
  const line = (tag, values) => { const row = document.createElement("tr"); row.append(...values.map((each) => cell(tag, each))); return row; };
  const quoted = (value) => /[",\n]/.test(value ?? "") ? `"${String(value).replaceAll('"', '""')}"` : value ?? "";
  const run = () => {
    place.replaceChildren();
    try {
      last = database.exec(form.elements.sql.value).pop() ?? { columns: [], values: [] };
      const table = document.createElement("table"), head = document.createElement("thead"), body = document.createElement("tbody");
      head.append(line("th", last.columns));
      body.append(...last.values.map((row) => line("td", row)));
      table.append(cell("caption", last.values.length), head, body);
      place.append(table);
    } catch (error) {
      last = null;
      place.append(cell("p", error.message));
    }
    save.disabled = !last;
  };
  form.addEventListener("submit", (event) => { event.preventDefault(); run(); });
  save.addEventListener("click", () => {
    const text = [last.columns, ...last.values].map((row) => row.map(quoted).join(",")).join("\r\n");
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
    link.download = "result.csv";
    link.click();
  });
  for (const example of document.querySelectorAll(".examples code")) {
    const button = document.createElement("button");
    button.textContent = example.textContent;
    button.addEventListener("click", () => { form.elements.sql.value = example.textContent; run(); });
    example.replaceWith(button);
  }
  form.hidden = false;
  run();
})();
