"""Groups of commands, a file each; like `cli`, they parse, then call one function."""
