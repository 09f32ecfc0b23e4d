# Reads the package with jsonlite and readr, types as the schema names them: prints rows, keys and sums as JSON.
root <- commandArgs(trailingOnly = TRUE)[1]
descriptor <- jsonlite::fromJSON(file.path(root, "datapackage.json"), simplifyVector = FALSE)
types <- c(string = "c", integer = "i", number = "d", boolean = "l", date = "D")
seen <- list()
for (resource in descriptor$resources) {
  if (is.null(resource$schema)) next
  fields <- resource$schema$fields
  names <- vapply(fields, function(field) field$name, "")
  kinds <- vapply(fields, function(field) field$type, "")
  table <- readr::read_csv(
    file.path(root, resource$path),
    col_types = paste(types[kinds], collapse = ""), na = "", progress = FALSE, locale = readr::locale(encoding = "UTF-8")
  )
  stopifnot(identical(names(table), names), nrow(readr::problems(table)) == 0)
  key <- do.call(paste, c(lapply(resource$schema$primaryKey, function(name) table[[name]]), sep = "\x1f"))
  numbers <- names[kinds %in% c("integer", "number")]
  sums <- lapply(stats::setNames(numbers, numbers), function(name) sum(table[[name]], na.rm = TRUE))
  seen[[resource$name]] <- list(rows = nrow(table), keys = as.list(key), sums = if (length(sums)) sums else stats::setNames(list(), character(0)))
}
cat(jsonlite::toJSON(seen, auto_unbox = TRUE, digits = NA))
