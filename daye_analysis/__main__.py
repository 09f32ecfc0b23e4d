"""`python -m daye_analysis` is the command `daye`."""

from daye_analysis.cli import main

main()
