// The site's one script: reveals the filter of a page and applies it. Without it every page is complete.
"use strict";
for (const form of document.querySelectorAll("form.filter")) {
  const list = document.querySelector("#targets") || document.querySelector("main");
  const rows = [...list.querySelectorAll("tbody tr, section > ul.items > li")];
  const words = rows.map((row) => row.textContent.normalize("NFKC").toLowerCase());
  const apply = () => {
    const wanted = Object.fromEntries(new FormData(form));
    const parts = wanted.q.normalize("NFKC").toLowerCase().split(/\s+/).filter(Boolean);
    let found = 0;
    rows.forEach((row, at) => {
      const fits = parts.every((part) => words[at].includes(part))
        && (!wanted.evidence || row.dataset.evidence === wanted.evidence)
        && (!wanted.lead || row.dataset.lead.split(" ").includes(wanted.lead));
      row.hidden = !fits;
      found += fits;
    });
    for (const section of list.querySelectorAll("section")) {
      const own = rows.filter((row) => section.contains(row));
      section.hidden = own.length > 0 && own.every((row) => row.hidden);
    }
    form.querySelector("output").textContent = form.dataset.found.replace("{}", found);
  };
  const asked = new URLSearchParams(location.search);
  for (const [name, value] of asked) if (form.elements[name]) form.elements[name].value = value;
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  if (asked.size) apply();
}
