using CSV, DataFrames
table(name) = CSV.read("data/$name.csv", DataFrame; missingstring = "")
indicators = table("indicators")[:, [:indicator_id, :name_zh, :name_en]]
targets = innerjoin(table("targets"), indicators; on = :indicator_id)
show(targets[:, [:target_id, :name_zh, :comparator, :value, :unit_code]]; allrows = true)
