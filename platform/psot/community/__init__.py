"""Questions of members to each other, answers, and the one that an expert accepted."""
