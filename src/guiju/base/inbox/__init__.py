"""What needs whom and until when: tasks, reminders, notices, and the days that are worked."""
