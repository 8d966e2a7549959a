"""The commands of `adplan`, one module each."""
