"""What is fetched, how politely, and how the answers become captures."""
