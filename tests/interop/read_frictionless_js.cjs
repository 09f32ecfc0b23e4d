// Reads the package with npm `frictionless.js`, which reads every cell as text and ignores the schema.
const { Dataset } = require("frictionless.js");

async function main(descriptor) {
  const dataset = await Dataset.load(descriptor);
  const seen = {};
  for (const file of dataset.resources.filter((each) => each.descriptor.schema)) {
    const rows = [];
    for await (const row of await file.rows({ keyed: true })) rows.push(row);
    const { fields, primaryKey } = file.descriptor.schema;
    const sums = {};
    for (const { name, type } of fields) {
      if (type === "integer" || type === "number") sums[name] = rows.reduce((sum, row) => sum + Number(row[name]), 0);
    }
    seen[file.descriptor.name] = { rows: rows.length, keys: rows.map((row) => primaryKey.map((key) => row[key]).join("\x1f")), sums };
  }
  console.log(JSON.stringify(seen));
}

main(process.argv[2]).catch((error) => {
  console.error(error);
  process.exit(1);
});
