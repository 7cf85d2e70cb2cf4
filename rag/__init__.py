"""A question becomes a plan, the plan becomes figures and passages, those become an answer."""
