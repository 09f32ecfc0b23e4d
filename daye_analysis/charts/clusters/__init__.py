"""Charts and tables of the industrial clusters: aims, starting points, structure, activity and totals."""
