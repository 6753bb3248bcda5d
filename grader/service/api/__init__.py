"""The API under /v1: JSON in, JSON out, problems as RFC 9457 has them."""
