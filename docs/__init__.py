"""Documentation, its generated parts and its screenshots."""
