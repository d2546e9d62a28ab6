"""What a page is: project, call, award, or none of them."""
