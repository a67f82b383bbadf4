"""Learning: quizzes, attempts, answers as facts; `room.install` brings the pages into the app."""
