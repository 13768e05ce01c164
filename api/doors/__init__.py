"""The doors: who comes in (accounts, keys, sign-ins), what each may do (rules), and the log of it."""
