"""LMSs are registered: by hand, or by themselves where an admin has invited them."""
