"""The tables' one definition; reading, guarding, checking, describing and exporting a package of them."""
