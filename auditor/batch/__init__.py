"""Many stories: where they come from, what audits them, and the store that can be asked.

An input yields jobs, an engine turns each into an outcome, the store keeps outcomes in parts:
`inputs` -> `pool` or `cluster` -> `store` -> `asked`, `dashboard`. `run` is where they meet.
"""
