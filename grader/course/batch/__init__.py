"""Many submissions: what was handed in becomes a row, a page and a mark for every student."""
