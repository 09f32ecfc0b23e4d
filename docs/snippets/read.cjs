const { Package } = require("datapackage");
Package.load("datapackage.json").then(async (data) => {
  const targets = await data.getResource("targets").read({ keyed: true });
  console.table(targets, ["target_id", "comparator", "value", "unit_code", "wording_zh"]);
});
