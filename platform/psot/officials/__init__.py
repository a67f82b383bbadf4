"""The officials of a region: how it does, and invitations into it. Figures, never people."""
