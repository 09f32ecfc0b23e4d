"""The targets of the package, types and references checked while they are read."""
import frictionless

for target in frictionless.Package("datapackage.json").get_resource("targets").read_rows():
    print(target["target_id"], target["comparator"], target["value"], target["unit_code"], target["wording_zh"])
