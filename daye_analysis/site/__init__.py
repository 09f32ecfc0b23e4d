"""The public site of a package: static pages in zh and en, with a permanent address for everything that can be cited."""
