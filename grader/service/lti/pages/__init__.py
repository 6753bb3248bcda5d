"""What LMSs ask of the service over the web, and the pages that people see on the way."""
