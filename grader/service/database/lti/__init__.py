"""What the service knows of LMSs: who they are, whom they sent, and what they get."""
