"""Learning: quizzes are published, taken question by question, and every answer is a fact."""
