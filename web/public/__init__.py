"""Pages for everybody: findings, plan and statements. No sign-in, no cookie."""
