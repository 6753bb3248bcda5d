"""LTI 1.3: LMSs open exercises here, and get marks; who teaches picks exercises there."""
