"""What everybody and every member can do, one module per noun."""
