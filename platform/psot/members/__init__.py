"""Members: accounts, sessions, roles, consents, mails; `room.install` brings them into the app."""
