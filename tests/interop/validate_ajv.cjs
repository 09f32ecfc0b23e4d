// Checks package, resources, schemas and dialects against the Data Package 2.0 profiles in a folder, with Ajv.
const fs = require("fs");
const path = require("path");
const Ajv = require("ajv");
const addFormats = require("ajv-formats");

const [descriptorPath, profileFolder] = process.argv.slice(2);
const ajv = addFormats(new Ajv({ strict: false, allErrors: true, logger: false }));
const profiles = Object.fromEntries(
  ["datapackage", "dataresource", "tableschema", "tabledialect"].map((name) => [
    name,
    ajv.compile(JSON.parse(fs.readFileSync(path.join(profileFolder, `${name}.json`), "utf8"))),
  ]),
);
const faults = [];
function check(profile, value, where) {
  if (!profiles[profile](value)) {
    for (const error of profiles[profile].errors) faults.push(`${where}${error.instancePath} ${error.message}`);
  }
}
const descriptor = JSON.parse(fs.readFileSync(descriptorPath, "utf8"));
check("datapackage", descriptor, "datapackage");
for (const resource of descriptor.resources) {
  check("dataresource", resource, resource.name);
  if (resource.schema) check("tableschema", resource.schema, `${resource.name}.schema`);
  if (resource.dialect) check("tabledialect", resource.dialect, `${resource.name}.dialect`);
}
for (const fault of faults) console.log(fault);
process.exit(faults.length ? 1 : 0);
