"""What an editor and the command line can do: one file a capability, plain functions over documents."""
