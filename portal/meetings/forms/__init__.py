"""What the staff screens ask for; one module per noun."""
