"""The methods of the Bot API, one module a noun; each is a function from a call to its result."""
