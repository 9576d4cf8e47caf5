"""What can only be seen by comparing entries."""
