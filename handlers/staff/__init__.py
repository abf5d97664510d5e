"""What staff do, one module per noun."""
