"""What an engine is asked, what it answers, how it is run, and the engines that know."""
