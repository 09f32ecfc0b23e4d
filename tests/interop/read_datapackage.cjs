// Reads the package with npm `datapackage`, which casts types and checks references: prints rows, keys and sums.
const { Package } = require("datapackage");

async function main(descriptor) {
  const dataPackage = await Package.load(descriptor);
  if (!dataPackage.valid) throw new Error(dataPackage.errors.map((error) => error.message).join("; "));
  const seen = {};
  for (const resource of dataPackage.resources.filter((each) => each.tabular)) {
    const rows = await resource.read({ keyed: true });
    await resource.checkRelations();
    const { fields, primaryKey } = resource.descriptor.schema;
    const sums = {};
    for (const { name, type } of fields) {
      if (type === "integer" || type === "number") sums[name] = rows.reduce((sum, row) => sum + (row[name] ?? 0), 0);
    }
    seen[resource.name] = { rows: rows.length, keys: rows.map((row) => primaryKey.map((key) => row[key]).join("\x1f")), sums };
  }
  console.log(JSON.stringify(seen));
}

main(process.argv[2]).catch((error) => {
  console.error(error);
  process.exit(1);
});
