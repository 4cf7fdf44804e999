"""One thing done to up to 500 cases: prepared, confirmed, carried out case by case, with a result for each."""
