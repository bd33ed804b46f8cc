"""What people enter at their desk: small, append-only, in a transactional database that outlives every rebuild."""
