"""The definition of the tables; read, check, describe and export a package of them."""
