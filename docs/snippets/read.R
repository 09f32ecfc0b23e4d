options(width = 160)
read <- function(name) readr::read_csv(paste0("data/", name, ".csv"), na = "", show_col_types = FALSE)
indicators <- read("indicators")[c("indicator_id", "name_zh", "name_en")]
targets <- merge(read("targets"), indicators, by = "indicator_id")
print(targets[c("target_id", "name_zh", "comparator", "value", "unit_code", "due")], row.names = FALSE)
