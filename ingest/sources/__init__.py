"""Where new files come from: watched folders, a mailbox, a portal, packages of the national document exchange."""
